using System.Text.RegularExpressions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>The portal that receives a record, and how the record is mapped: the section <c>Bitrix</c>.</summary>
public sealed partial record BitrixSettings
{
    public const string Section = "Bitrix";

    /// <summary>The sustained request rate of a portal's REST API (docs/destinations/bitrix24.md).</summary>
    public const double DefaultRequestsPerSecond = 2;

    /// <summary>A request may run this long on the portal; before that, a search may miss its lead (docs/destinations/bitrix24.md).</summary>
    public static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(60);

    private static readonly KeyValuePair<string, string>[] DefaultFields =
    [
        new("TITLE", "{client_name|client_surname|'Клиент'}, {phone}"),
        new("NAME", "{client_name}"),
        new("SECOND_NAME", "{client_sname}"),
        new("LAST_NAME", "{client_surname}"),
        new("PHONE", "{phone}"),
        new("EMAIL", "{client_email}"),
        new("SOURCE_DESCRIPTION", "U-ON: {kind} {id}"),
    ];

    /// <summary>A secret: the inbound webhook's address, with a trailing slash.</summary>
    public required Uri Webhook { get; init; }

    /// <summary>Field of a lead → template, such as <c>UF_CRM_1700000000</c>.</summary>
    public required IReadOnlyList<KeyValuePair<string, Template>> Fields { get; init; }

    /// <summary>No lead is created for a phone that a lead or a contact of the portal already has.</summary>
    public required bool SkipsDuplicates { get; init; }

    public required double RequestsPerSecond { get; init; }

    public required DeliveryPolicy Policy { get; init; }

    public static BitrixSettings Read(SettingsReader reader, IReadOnlyCollection<string> fields)
    {
        var section = reader.Section("Fields");
        var settings = new BitrixSettings
        {
            Webhook = ReadWebhook(reader),
            Fields = section.Templates(DefaultFields, OrderValues.Names(fields)),
            SkipsDuplicates = reader.Choice("Duplicates", false, ("add", false), ("skip", true)),
            RequestsPerSecond = reader.Number("RequestsPerSecond", DefaultRequestsPerSecond, 0.01, 1_000),
            // A second send first checks whether the first one arrived: see BitrixDestination.
            Policy = reader.Policy(UncertainPolicy.Resend) with { SearchAfter = reader.Duration("SearchAfter", LongestRequest, TimeSpan.Zero, DeliverySettings.LongestSearch) },
        };
        foreach (var (name, _) in settings.Fields.Where(f => BitrixLead.Own.Contains(f.Key, StringComparer.OrdinalIgnoreCase)))
        {
            section.Error(name, "is set by the app to find its own leads. Remove it.");
        }

        reader.RefuseUnknownKeys();
        return settings;
    }

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => nameof(BitrixSettings);

    private static Uri ReadWebhook(SettingsReader reader)
    {
        const string remedy = "Copy the address of an inbound webhook with the crm permission from Bitrix24: https://portal.bitrix24.ru/rest/1/…/";
        var text = reader.Secret("Webhook", remedy);
        if (text.Length > 0 && !Address().IsMatch(text))
        {
            // Not the value: it is a secret.
            reader.Error("Webhook", $"is not the address of an inbound webhook. {remedy}");
        }

        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) ? uri : new Uri("https://localhost/");
    }

    [GeneratedRegex(@"^(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:\d{1,5})?/rest/\d+/[A-Za-z0-9]+/?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
