using System.Text.RegularExpressions;
using PhoneNumbers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>How a pipeline's orders are sent: the section <c>Offerum</c>.</summary>
public sealed partial record OfferumSettings : IPhoneRegion
{
    public const string Section = "Offerum";
    public const string DefaultBaseAddress = "https://api.offerrum.com";
    public const string DefaultSubId = "{kind}-{id}";
    public const string AutoCountry = "auto";

    /// <summary>The names from the source document, in its order. They are settings because public samples of the network disagree about them.</summary>
    private static readonly IReadOnlyList<KeyValuePair<string, string>> DefaultForm =
    [
        new("default_country", "{country}"),
        new("phone", "{phone}"),
        new("name", "{client_name|client_surname|'Клиент'}"),
        new("order_time", "{order_time}"),
    ];

    /// <summary>A secret: Offerum requires it in the query.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Flow code, case-sensitive.</summary>
    public required string Flow { get; init; }

    public required Uri BaseAddress { get; init; }

    /// <summary>Template of the query's <c>source</c>; null: not sent.</summary>
    public required Template? Source { get; init; }

    /// <summary>Template of the query's <c>subid</c>; holds the record's kind and id, so that a postback can be matched to its operation.</summary>
    public required Template SubId { get; init; }

    /// <summary>ISO alpha-2, or <c>auto</c>: the phone's own.</summary>
    public required string Country { get; init; }

    /// <summary>Form field name → template, in the order sent.</summary>
    public required IReadOnlyList<KeyValuePair<string, Template>> Form { get; init; }

    public required DeliveryPolicy Policy { get; init; }

    public string? Region => Country == AutoCountry ? null : Country;

    public static OfferumSettings Read(SettingsReader reader, IReadOnlyCollection<string> fields)
    {
        var names = OrderValues.Names(fields);
        var settings = new OfferumSettings
        {
            ApiKey = reader.Required("ApiKey", "Copy it from the Offerum cabinet."),
            Flow = reader.Required("Flow", "Copy the flow's code (поток) from the Offerum cabinet, such as zkVz."),
            BaseAddress = reader.Address("BaseAddress", DefaultBaseAddress),
            Source = reader.Template("Source", "", names),
            SubId = ReadSubId(reader, names),
            Country = ReadCountry(reader),
            Form = reader.Section("Form").Templates(DefaultForm, names),
            Policy = reader.Policy(UncertainPolicy.Resend),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => nameof(OfferumSettings);

    private static Template ReadSubId(SettingsReader reader, IReadOnlySet<string> names)
    {
        if (reader.Template("SubId", DefaultSubId, names) is not { } template)
        {
            // The settings are rejected as a whole; this placeholder template is used until then.
            return Template.TryParse(DefaultSubId, names, out var standIn, out var error) ? standIn : throw new InvalidOperationException(error);
        }

        if (!template.Names.Contains("kind") || !template.Names.Contains("id"))
        {
            reader.Error("SubId", $"must contain {{kind}} and {{id}}, so that a postback finds its record. The default is {DefaultSubId}.");
        }

        return template;
    }

    private static string ReadCountry(SettingsReader reader)
    {
        var text = reader.Text("Country", AutoCountry) ?? AutoCountry;
        if (text.Equals(AutoCountry, StringComparison.OrdinalIgnoreCase))
        {
            return AutoCountry;
        }

        var country = text.ToUpperInvariant();
        if (!Alpha2().IsMatch(country) || !HasPhonePlan(country))
        {
            reader.Error("Country", $"'{text}' is not a country. Use auto, or an ISO 3166-1 alpha-2 code such as RU, BY, UA or KZ.");
            return AutoCountry;
        }

        return country;
    }

    private static bool HasPhonePlan(string alpha2) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(alpha2);

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alpha2();
}
