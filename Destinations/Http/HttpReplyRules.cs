using System.Text.RegularExpressions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Destinations.Http;

/// <summary>How the service's answers are told apart. Its HTTP status counts, and these look into the body.</summary>
/// <param name="Accepted">A 2xx must match it; null: 2xx is enough.</param>
/// <param name="Duplicate">An answer that matches says that the service had this client already.</param>
/// <param name="Rejected">An answer that matches refuses the record, whatever its status.</param>
/// <param name="OrderId">Where the order's number stands in a JSON answer.</param>
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
            reader.Error(key, $"'{pattern}' is not a regular expression that can be used: no look-around, no back references. {e.Message}");
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
