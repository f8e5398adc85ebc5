using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>
/// Finds the record in a subid by the template that rendered it: any text may stand around pipeline, kind and number. The network splits a subid at
/// ':' (facts-offerum §1), so a postback may contain only its first values.
/// </summary>
internal static class SubIdReader
{
    // Markers that cannot occur in a template or a value.
    private const string KindMark = "\u0001";
    private const string IdMark = "\u0002";
    private const string OtherMark = "\u0003";
    private const string PipelineMark = "\u0004";

    private static readonly ConcurrentDictionary<Template, IReadOnlyList<Regex>> Patterns = new();

    /// <returns>The pipeline is null where the template, or what came of it, does not name it.</returns>
    public static (string? Pipeline, RecordKind Kind, long Id)? Read(string subId, Template template)
    {
        var match = Patterns.GetOrAdd(template, PatternsOf).Select(pattern => pattern.Match(subId)).FirstOrDefault(m => m.Success);
        return match is not null
            && RecordKindNames.TryParse(match.Groups["kind"].Value, out var kind)
            && long.TryParse(match.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id is > 0 and <= OperationId.MaxRecordId
                ? (match.Groups["pipeline"] is { Success: true, Value: var pipeline } ? pipeline : null, kind, id)
                : null;
    }

    /// <summary>The whole template first, then its first values as long as they identify a record.</summary>
    private static IReadOnlyList<Regex> PatternsOf(Template template)
    {
        var marked = template.Render(name => name switch { "kind" => KindMark, "id" => IdMark, "pipeline" => PipelineMark, _ => OtherMark });
        var values = marked.Split(':');
        return [.. Enumerable.Range(0, values.Length)
            .Select(left => string.Join(':', values.SkipLast(left)))
            .Where(first => first.Contains(KindMark, StringComparison.Ordinal) && first.Contains(IdMark, StringComparison.Ordinal))
            .Select(Pattern)];
    }

    private static Regex Pattern(string marked)
    {
        var pattern = Regex.Escape(marked)
            .Replace(KindMark, "(?<kind>lead|request)", StringComparison.Ordinal)
            .Replace(IdMark, "(?<id>[0-9]{1,18})", StringComparison.Ordinal)
            .Replace(PipelineMark, "(?<pipeline>[a-z0-9-]{1,40})", StringComparison.Ordinal)
            .Replace(OtherMark, ".*", StringComparison.Ordinal);
        return new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    }
}
