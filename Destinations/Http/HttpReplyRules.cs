using System.Text.RegularExpressions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Destinations.Http;

/// <summary>How the service's replies are classified: by the HTTP status, and by these rules for the body.</summary>
/// <param name="Accepted">A 2xx must match it; null: 2xx is enough.</param>
/// <param name="Duplicate">A reply that matches reports that the service already had this client.</param>
/// <param name="Rejected">A reply that matches rejects the record, whatever its status.</param>
/// <param name="OrderId">Path of the order's number in a JSON reply.</param>
public sealed record HttpReplyRules(Regex? Accepted, Regex? Duplicate, Regex? Rejected, FieldPath? OrderId)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public static HttpReplyRules Read(SettingsReader reader) =>
        new(Pattern(reader, "Accepted"), Pattern(reader, "Duplicate"), Pattern(reader, "Rejected"), Path(reader));

    private static Regex? Pattern(SettingsReader reader, string key)
    {
        if (reader.Text(key) is not { } pattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, Options, TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            reader.Error(key, $"'{pattern}' is not a supported regular expression: look-around and back references are not allowed. {e.Message}");
            return null;
        }
    }

    private static FieldPath? Path(SettingsReader reader)
    {
        if (reader.Text("OrderId") is not { } text)
        {
            return null;
        }

        if (FieldPath.TryParse(text, reader.TimeZone, out var path, out var problem))
        {
            return path;
        }

        reader.Error("OrderId", problem);
        return null;
    }
}
