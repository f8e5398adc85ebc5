using System.Globalization;

namespace UonOfferum.Shared.Operations;

/// <summary>
/// Identifies one U-ON record in one pipeline; written <c>{pipeline}/{kind}/{record id}</c>,
/// as in <c>main/lead/48213</c>.
/// </summary>
/// <param name="Pipeline">Name of the pipeline, <c>[a-z0-9-]{1,40}</c>.</param>
/// <param name="Kind">The table of the record.</param>
/// <param name="RecordId">U-ON's number of the record, 1 to 18 digits.</param>
public readonly record struct OperationId(string Pipeline, RecordKind Kind, long RecordId)
{
    public const long MaxRecordId = 999_999_999_999_999_999;

    /// <summary>Whether a text is a valid pipeline name; such a name can be used in routes and keys unescaped.</summary>
    public static bool IsPipelineName(string? text) =>
        text is { Length: > 0 and <= 40 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pipeline}/{Kind.Name()}/{RecordId}");
}
