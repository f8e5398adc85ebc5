using System.Globalization;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>The account that receives a record, and how the record is mapped: the section <c>Amo</c>.</summary>
public sealed partial record AmoSettings
{
    public const string Section = "Amo";

    /// <summary>An integration may send 7 requests a second (docs/destinations/amocrm.md); the rest is left for other callers and retries.</summary>
    public const double DefaultRequestsPerSecond = 5;

    /// <summary>The same as for Bitrix24: amoCRM does not document how soon the search finds a new lead.</summary>
    public static readonly TimeSpan BeforeSearch = TimeSpan.FromSeconds(60);

    public const string DefaultTags = "U-ON";

    private const string Example = "https://example.amocrm.ru";

    /// <summary>Fields of a lead, in order; the value is the default.</summary>
    private static readonly KeyValuePair<string, string>[] LeadFields =
    [
        new(AmoLead.Name, "{client_name|client_surname|'Клиент'}, {phone}"),
        new("price", ""),
        new("pipeline_id", ""),
        new("status_id", ""),
        new(AmoLead.Responsible, ""),
    ];

    /// <summary>The contact's fields, in order.</summary>
    private static readonly KeyValuePair<string, string>[] ContactFields =
    [
        new("first_name", "{client_name}"),
        new("last_name", "{client_surname}"),
        new(AmoLead.Phone, "{phone}"),
        new(AmoLead.Email, "{client_email}"),
    ];

    public required Uri BaseAddress { get; init; }

    /// <summary>A secret: the long-lived token of an integration; null: <see cref="OAuth"/>.</summary>
    public required string? Token { get; init; }

    /// <summary>Null: the token is a long-lived one.</summary>
    public required AmoOAuth? OAuth { get; init; }

    public required IReadOnlyList<KeyValuePair<string, Template>> Lead { get; init; }

    /// <summary>Number of a lead's custom field → template.</summary>
    public required IReadOnlyList<KeyValuePair<string, Template>> CustomFields { get; init; }

    public required IReadOnlyList<KeyValuePair<string, Template>> Contact { get; init; }

    /// <summary>Renders the tags, separated by commas; null: none.</summary>
    public required Template? Tags { get; init; }

    public required double RequestsPerSecond { get; init; }

    public required DeliveryPolicy Policy { get; init; }

    public static AmoSettings Read(SettingsReader reader, IReadOnlyCollection<string> fields)
    {
        var names = OrderValues.Names(fields);
        var lead = reader.Section("Lead");
        var contact = reader.Section("Contact");
        reader.Required("BaseAddress", $"It is the account's address, such as {Example}.");
        var (token, oauth) = ReadCredentials(reader);
        var settings = new AmoSettings
        {
            BaseAddress = reader.Address("BaseAddress", Example),
            Token = token,
            OAuth = oauth,
            Lead = Known(lead, LeadFields, names),
            CustomFields = lead.Section("Fields").Templates([], names),
            Contact = Known(contact, ContactFields, names),
            Tags = reader.Template("Tags", DefaultTags, names),
            RequestsPerSecond = reader.Number("RequestsPerSecond", DefaultRequestsPerSecond, 0.01, 1_000),
            // A second send searches for the first one by its mark. The search delay is not documented, so by default an operator decides.
            Policy = reader.Policy(UncertainPolicy.Hold) with { SearchAfter = reader.Duration("SearchAfter", BeforeSearch, TimeSpan.Zero, DeliverySettings.LongestSearch) },
        };
        RefuseWords(lead, settings);
        lead.RefuseUnknownKeys();
        contact.RefuseUnknownKeys();
        reader.RefuseUnknownKeys();
        return settings;
    }

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => nameof(AmoSettings);

    private static IReadOnlyList<KeyValuePair<string, Template>> Known(
        SettingsReader section, IReadOnlyList<KeyValuePair<string, string>> fields, IReadOnlySet<string> names) =>
        [.. fields.Select(f => (f.Key, Template: section.Template(f.Key, f.Value, names))).Where(f => f.Template is not null).Select(f => KeyValuePair.Create(f.Key, f.Template!))];

    /// <summary>Where the API needs a number, a template that cannot produce one is an error at startup, not on every record.</summary>
    private static void RefuseWords(SettingsReader lead, AmoSettings settings)
    {
        foreach (var (name, template) in settings.Lead.Where(f => f.Key != AmoLead.Name && f.Value.Names.Count == 0))
        {
            if (!long.TryParse(template.Render(_ => null), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                lead.Error(name, "must be a number, as amoCRM shows it in its settings.");
            }
        }

        foreach (var (id, _) in settings.CustomFields.Where(f => !long.TryParse(f.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            lead.Error($"Fields:{id}", "must be the number of a lead's field, as amoCRM shows it in the field's settings.");
        }
    }

    private static (string? Token, AmoOAuth? OAuth) ReadCredentials(SettingsReader reader)
    {
        const string remedy = "Copy the long-lived token from the page of your integration in amoCRM (docs/destinations/amocrm.md).";
        var token = reader.OptionalSecret("Token");
        var (id, secret, address, refresh) =
            (reader.Text("ClientId"), reader.OptionalSecret("ClientSecret"), reader.Text("RedirectUri"), reader.OptionalSecret("RefreshToken"));
        if (token is not null && !Word().IsMatch(token))
        {
            // Not the value: it is a secret.
            reader.Error("Token", $"is not a token: a token has no spaces, line breaks or prefix. {remedy}");
        }

        switch (token, id ?? secret ?? address ?? refresh)
        {
            case (null, null):
                reader.Error("Token", $"is missing. {remedy}");
                break;
            case (not null, not null):
                reader.Error("Token", "cannot be combined with OAuth settings. Keep one of the two: Token, or ClientId, ClientSecret, RedirectUri and RefreshToken.");
                break;
            case (null, not null) when id is null || secret is null || address is null || refresh is null:
                reader.Error("RefreshToken", "OAuth needs all four: ClientId, ClientSecret, RedirectUri and RefreshToken.");
                break;
        }

        return (token, token is null && id is not null && secret is not null && address is not null && refresh is not null ? new AmoOAuth(id, secret, address, refresh) : null);
    }

    [GeneratedRegex(@"\A[\x21-\x7E]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
