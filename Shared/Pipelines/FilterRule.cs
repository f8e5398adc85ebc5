using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Pipelines;

/// <summary>One rule a record must meet to be sold.</summary>
/// <param name="Field">Name of a configured field.</param>
/// <param name="In">The field's value must be one of these; null: not asked.</param>
/// <param name="NotIn">The field's value must be none of these; null: not asked.</param>
/// <param name="Exists">The field must (true) or must not (false) have a value; null: not asked.</param>
public sealed record FilterRule(string Field, IReadOnlyList<string>? In, IReadOnlyList<string>? NotIn, bool? Exists)
{
    /// <summary>Why the record does not pass, in words for the story; null when it passes.</summary>
    public string? Refusal(RecordFields fields)
    {
        var value = fields[Field];
        if (Exists is { } exists && exists == value is null)
        {
            return exists ? $"{Field} is empty" : $"{Field} has a value";
        }

        if (In is not null && (value is null || !In.Contains(value, StringComparer.OrdinalIgnoreCase)))
        {
            return $"{Field} is not one of {string.Join(", ", In)}";
        }

        return NotIn is not null && value is not null && NotIn.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? $"{Field} is one of {string.Join(", ", NotIn)}"
            : null;
    }
}
