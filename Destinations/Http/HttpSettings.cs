using System.Text.RegularExpressions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Destinations.Http;

/// <summary>The request that carries a record, and how its replies are read: the section <c>Http</c>.</summary>
public sealed partial record HttpSettings
{
    public const string Section = "Http";

    /// <summary>The placeholder for <c>Http:ApiKey</c> in a template.</summary>
    public const string ApiKeyName = "api_key";

    public const double DefaultRequestsPerSecond = 10;

    private static readonly (string, HttpMethod)[] Methods =
        [("POST", HttpMethod.Post), ("PUT", HttpMethod.Put), ("PATCH", HttpMethod.Patch), ("GET", HttpMethod.Get)];

    public required HttpMethod Method { get; init; }

    /// <summary>The host is fixed by the settings; only the part after it may come from a record.</summary>
    public required Template Url { get; init; }

    /// <summary>A secret; replaces <c>{api_key}</c> in the address, headers and body.</summary>
    public required string? ApiKey { get; init; }

    public required IReadOnlyList<KeyValuePair<string, Template>> Headers { get; init; }

    /// <summary>Form fields; with GET they are the query. Empty where the body is JSON.</summary>
    public required IReadOnlyList<KeyValuePair<string, Template>> Form { get; init; }

    /// <summary>The body as JSON; null: a form.</summary>
    public required HttpJson? Json { get; init; }

    public required HttpReplyRules Reply { get; init; }

    /// <summary>The service's limit, in requests per second across all instances.</summary>
    public required double RequestsPerSecond { get; init; }

    public required DeliveryPolicy Policy { get; init; }

    public static HttpSettings Read(SettingsReader reader, IReadOnlyCollection<string> fields)
    {
        var names = OrderValues.Names(fields, ApiKeyName);
        var json = reader.Section("Json");
        var form = reader.Section("Form").Templates([], names);
        if (json.Children().Any() == form.Count > 0)
        {
            reader.Error("Form", "an order needs a body: set either Form or Json, with a template for each key, such as phone: {phone}.");
        }

        var headers = reader.Section("Headers");
        headers.HideChildren("Accept", "Content-Type", "User-Agent");
        reader.ShowHostOnly("Url");
        var settings = new HttpSettings
        {
            Method = reader.Choice("Method", HttpMethod.Post, Methods),
            Url = ReadUrl(reader, names),
            ApiKey = reader.Text("ApiKey"),
            Headers = headers.Templates([], names),
            Form = form,
            Json = json.Children().Any() ? HttpJson.Read(json, names) : null,
            Reply = HttpReplyRules.Read(reader),
            RequestsPerSecond = reader.Number("RequestsPerSecond", DefaultRequestsPerSecond, 0.01, 10_000),
            Policy = reader.Policy(UncertainPolicy.Hold),
        };
        if (settings is { Json: not null } && settings.Method == HttpMethod.Get)
        {
            reader.Error("Method", "GET has no body. Use Form, which becomes the query, or POST.");
        }

        reader.RefuseUnknownKeys();
        return settings;
    }

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => nameof(HttpSettings);

    private static Template ReadUrl(SettingsReader reader, IReadOnlySet<string> names)
    {
        const string remedy = "It is the https address that receives the order, such as https://crm.example.com/leads?source={source}.";
        var text = reader.Required("Url", remedy);
        if (text.Length > 0 && !Host().IsMatch(text))
        {
            reader.Error("Url", $"must begin with https:// and a host that no field can change (http only for this machine). {remedy}");
        }

        return reader.Template("Url", "", names) ?? Template.Literal(text);
    }

    [GeneratedRegex(@"^(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:\d{1,5})?(/|\?|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Host();
}
