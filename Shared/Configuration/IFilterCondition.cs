using System.Globalization;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Configuration;

/// <summary>A condition on a field's value.</summary>
public interface IFilterCondition
{
    /// <summary>Why the value fails the condition, as text after the field's name; null when it passes.</summary>
    /// <param name="value">Null when the field has none.</param>
    /// <param name="now">For conditions on time.</param>
    string? Refusal(string? value, DateTimeOffset now);
}

/// <summary>The value is one of these, whatever its case.</summary>
internal sealed record IsIn(IReadOnlyList<string> Values) : IFilterCondition
{
    public string? Refusal(string? value, DateTimeOffset now) =>
        value is not null && Values.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"is not one of {string.Join(", ", Values)}";
}

/// <summary>The value is none of these, whatever its case; a missing value passes.</summary>
internal sealed record IsNotIn(IReadOnlyList<string> Values) : IFilterCondition
{
    public string? Refusal(string? value, DateTimeOffset now) =>
        value is not null && Values.Contains(value, StringComparer.OrdinalIgnoreCase) ? $"is one of {string.Join(", ", Values)}" : null;
}

/// <summary>The field has a value, or has none.</summary>
internal sealed record Exists(bool Wanted) : IFilterCondition
{
    public string? Refusal(string? value, DateTimeOffset now) => (Wanted, value) switch
    {
        (true, null) => "is empty",
        (false, not null) => "has a value",
        _ => null,
    };
}

/// <summary>The pattern is found in the value, whatever its case.</summary>
internal sealed record IsMatch(Regex Pattern) : IFilterCondition
{
    // Matching takes linear time, whatever pattern the settings contain.
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public string? Refusal(string? value, DateTimeOffset now) =>
        value is not null && Pattern.IsMatch(value) ? null : $"does not match {Pattern}";
}

/// <summary>The value is a number (or a date if the bound is a date) on one side of the bound.</summary>
internal sealed record Compare(string Bound, bool Above, TimeZoneInfo Zone) : IFilterCondition
{
    public string? Refusal(string? value, DateTimeOffset now)
    {
        var asNumber = Number(Bound) is not null;
        var bound = asNumber ? Number(Bound) : FieldDates.Read(Bound, Zone)?.UtcTicks;
        var given = asNumber ? Number(value) : FieldDates.Read(value, Zone)?.UtcTicks;
        if (given is null)
        {
            return value is null ? "is empty" : $"cannot be compared with {Bound}";
        }

        return (Above ? given > bound : given < bound) ? null : $"is not {(Above ? "greater" : "less")} than {Bound}";
    }

    public static bool IsBound(string text, TimeZoneInfo zone) => Number(text) is not null || FieldDates.Read(text, zone) is not null;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text?.Replace(',', '.').Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>The value is a date no further from now than this, in the past or in the future.</summary>
internal sealed record IsWithin(TimeSpan Distance, TimeZoneInfo Zone) : IFilterCondition
{
    public string? Refusal(string? value, DateTimeOffset now) => FieldDates.Read(value, Zone) switch
    {
        null => value is null ? "is empty" : "is not a date",
        { } date when (date - now).Duration() <= Distance => null,
        _ => $"is more than {Distance:c} from now",
    };
}
