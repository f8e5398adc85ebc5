using System.Globalization;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>One record as a lead with its contact, the body of <c>POST /api/v4/leads/complex</c>.</summary>
internal static class AmoLead
{
    public const string Name = "name";
    public const string Responsible = "responsible_user_id";
    public const string Phone = "phone";
    public const string Email = "email";

    /// <summary>amoCRM limits names to 255 characters; the rest is reserved for the mark.</summary>
    private const int MaxName = 180;

    private const string CustomFields = "custom_fields_values";

    public static JsonArray Of(Operation operation, AmoSettings settings)
    {
        var lead = new JsonObject();
        foreach (var (name, value) in LeadOf(operation, settings))
        {
            lead[name] = name == Name ? value : Number(value);
        }

        if (Filled(operation, settings.CustomFields).Select(f => Field("field_id", Number(f.Key), new JsonObject { ["value"] = f.Value })).ToArray() is { Length: > 0 } fields)
        {
            lead[CustomFields] = new JsonArray(fields);
        }

        var embedded = new JsonObject();
        if (TagsOf(operation, settings) is { Length: > 0 } tags)
        {
            embedded["tags"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["name"] = tag })]);
        }

        if (ContactOf(operation, settings) is { Count: > 0 } contact)
        {
            if (lead[Responsible] is { } responsible)
            {
                contact[Responsible] = responsible.DeepClone();
            }

            embedded["contacts"] = new JsonArray(contact);
        }

        if (embedded.Count > 0)
        {
            lead["_embedded"] = embedded;
        }

        lead["request_id"] = operation.Id.ToString();
        return [lead];
    }

    /// <summary>The lead's content, for display to an operator.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Shown(Operation operation, AmoSettings settings) =>
    [
        .. LeadOf(operation, settings),
        .. Filled(operation, settings.CustomFields).Select(f => KeyValuePair.Create($"{CustomFields}.{f.Key}", f.Value)),
        .. Filled(operation, settings.Contact).Select(f => KeyValuePair.Create($"contact.{f.Key}", f.Value)),
        .. TagsOf(operation, settings).Select(tag => KeyValuePair.Create("tag", tag)),
        new("request_id", operation.Id.ToString()),
    ];

    /// <summary>
    /// The suffix of every lead's name. The search of <c>GET /api/v4/leads?query=</c> covers filled-in fields, and the name is the one field
    /// that every account has. A second send uses it to find the lead that the first one created.
    /// </summary>
    public static string MarkOf(Operation operation) => $"[{operation.Id}]";

    private static IEnumerable<KeyValuePair<string, string>> LeadOf(Operation operation, AmoSettings settings)
    {
        var fields = Filled(operation, settings.Lead).ToList();
        var name = fields.Find(f => f.Key == Name).Value?.CutTo(MaxName) ?? "";
        return [new(Name, $"{name} {MarkOf(operation)}".TrimStart()), .. fields.Where(f => f.Key != Name)];
    }

    private static JsonObject ContactOf(Operation operation, AmoSettings settings)
    {
        var contact = new JsonObject();
        var reached = new JsonArray();
        foreach (var (name, value) in Filled(operation, settings.Contact))
        {
            if (name is Phone or Email)
            {
                reached.Add(Field("field_code", name.ToUpperInvariant(), new JsonObject { ["value"] = value, ["enum_code"] = "WORK" }));
            }
            else
            {
                contact[name] = value;
            }
        }

        if (reached.Count > 0)
        {
            contact[CustomFields] = reached;
        }

        return contact;
    }

    private static JsonObject Field(string by, JsonNode? which, JsonObject value) => new() { [by] = which, ["values"] = new JsonArray(value) };

    private static string[] TagsOf(Operation operation, AmoSettings settings) =>
        [.. Rendered(operation, settings.Tags).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<KeyValuePair<string, string>> Filled(Operation operation, IReadOnlyList<KeyValuePair<string, Template>> templates) =>
        templates.Select(t => KeyValuePair.Create(t.Key, Rendered(operation, t.Value).Trim())).Where(t => t.Value.Length > 0);

    private static string Rendered(Operation operation, Template? template) => template?.Render(name => OrderValues.Of(operation, name)) ?? "";

    /// <summary>A whole number, as the API requires it. Text is sent unchanged: amoCRM then names the field in its error, which is better than a lead without it.</summary>
    private static JsonNode Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue
            ? JsonValue.Create((long)decimal.Round(number, MidpointRounding.AwayFromZero))
            : JsonValue.Create(text);
}
