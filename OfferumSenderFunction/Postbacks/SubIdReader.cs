using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>Finds the record in a subid by the template that rendered it: any text may stand around pipeline, kind and number.</summary>
internal static class SubIdReader
{
    // Markers that cannot occur in a template or a value.
    private const string KindMark = "\u0001";
    private const string IdMark = "\u0002";
    private const string OtherMark = "\u0003";
    private const string PipelineMark = "\u0004";

    private static readonly ConcurrentDictionary<Template, Regex> Patterns = new();

    /// <returns>The pipeline is null where the template does not name it.</returns>
    public static (string? Pipeline, RecordKind Kind, long Id)? Read(string subId, Template template)
    {
        var match = Patterns.GetOrAdd(template, Pattern).Match(subId);
        return match.Success
            && RecordKindNames.TryParse(match.Groups["kind"].Value, out var kind)
            && long.TryParse(match.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id is > 0 and <= OperationId.MaxRecordId
                ? (match.Groups["pipeline"] is { Success: true, Value: var pipeline } ? pipeline : null, kind, id)
                : null;
    }

    private static Regex Pattern(Template template)
    {
        var marked = template.Render(name => name switch { "kind" => KindMark, "id" => IdMark, "pipeline" => PipelineMark, _ => OtherMark });
        var pattern = Regex.Escape(marked)
            .Replace(KindMark, "(?<kind>lead|request)", StringComparison.Ordinal)
            .Replace(IdMark, "(?<id>[0-9]{1,18})", StringComparison.Ordinal)
            .Replace(PipelineMark, "(?<pipeline>[a-z0-9-]{1,40})", StringComparison.Ordinal)
            .Replace(OtherMark, ".*", StringComparison.Ordinal);
        return new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    }
}
