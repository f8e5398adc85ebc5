using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>One record as the parameters of the CRM's methods.</summary>
internal static class BitrixLead
{
    public const string AddMethod = "crm.lead.add";

    private const string Origin = "ORIGIN_ID";
    private const string Originator = "ORIGINATOR_ID";

    /// <summary>Value of the field that names the system a lead came from.</summary>
    private const string Us = "uon-offerum";

    /// <summary>Fields that are a list of values, each with a kind.</summary>
    private static readonly string[] Lists = ["PHONE", "EMAIL", "WEB", "IM"];

    /// <summary>The fields that identify a lead created by this app.</summary>
    public static readonly string[] Own = [Originator, Origin];

    /// <summary>What goes into the lead, in order; empty fields are left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(Operation operation, BitrixSettings settings) =>
    [
        .. settings.Fields
            .Select(f => KeyValuePair.Create(f.Key, f.Value.Render(name => OrderValues.Of(operation, name))))
            .Where(f => f.Value.Length > 0),
        new(Originator, Us),
        new(Origin, operation.Id.ToString()),
    ];

    /// <summary><c>crm.lead.add</c>.</summary>
    public static JsonObject Add(Operation operation, BitrixSettings settings) => new()
    {
        ["fields"] = new JsonObject(FieldsOf(operation, settings).Select(f => KeyValuePair.Create(f.Key, ValueOf(f.Key, f.Value)))),
        ["params"] = new JsonObject { ["REGISTER_SONET_EVENT"] = "Y" },
    };

    /// <summary><c>crm.lead.list</c>: the lead that an earlier send of this operation made.</summary>
    public static JsonObject FindOwn(Operation operation) => new()
    {
        ["filter"] = new JsonObject { ["=" + Originator] = Us, ["=" + Origin] = operation.Id.ToString() },
        ["select"] = new JsonArray("ID"),
        ["order"] = new JsonObject { ["ID"] = "ASC" },
    };

    /// <summary><c>crm.duplicate.findbycomm</c>: leads and contacts with this phone; null when the record has none.</summary>
    public static JsonObject? FindPhone(Operation operation) => operation.Fields[PhoneIndex.PhoneField] is { } phone
        ? new() { ["type"] = "PHONE", ["values"] = new JsonArray(phone) }
        : null;

    private static JsonNode? ValueOf(string field, string value) => Lists.Contains(field, StringComparer.OrdinalIgnoreCase)
        ? new JsonArray(new JsonObject { ["VALUE"] = value, ["VALUE_TYPE"] = "WORK" })
        : JsonValue.Create(value);
}
