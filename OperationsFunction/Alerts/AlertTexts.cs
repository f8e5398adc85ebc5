using System.Text.RegularExpressions;
using UonOfferum.OperationsFunction.Sentences;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The words of alerts in one language, from <c>Console/texts/alerts.*.json</c>.</summary>
internal sealed partial class AlertTexts(string language)
{
    /// <summary>Suffixes of the error codes that every destination has.</summary>
    private static readonly string[] OfDestinations = ["denied", "unavailable", "rejected", "unconfirmed"];

    private readonly IReadOnlyDictionary<string, string> _texts = EmbeddedTexts.Read("alerts", language);

    /// <summary>The text with its placeholders filled.</summary>
    public string Of(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = _texts[name];
        foreach (var (place, value) in values)
        {
            text = text.Replace($"{{{place}}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The text with this name, or the fallback if there is none.</summary>
    public string Or(string name, string otherwise) => _texts.GetValueOrDefault(name, otherwise);

    /// <summary>What to do about an error code; "" for an unknown one.</summary>
    public string Remedy(string code)
    {
        if (_texts.TryGetValue($"remedy.{code}", out var own))
        {
            return own;
        }

        var parts = DestinationCode().Match(code);
        return parts.Success && OfDestinations.Contains(parts.Groups["what"].Value, StringComparer.Ordinal)
            ? Of($"remedy.destination-{parts.Groups["what"].Value}", ("destination", AlertFormatter.Named(parts.Groups["destination"].Value)))
            : "";
    }

    [GeneratedRegex("^(?<destination>[a-z0-9-]+)-(?<what>[a-z]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DestinationCode();
}
