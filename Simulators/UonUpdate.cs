using System.Globalization;
using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>The event that a change of a record fires.</summary>
/// <param name="Type">U-ON's number of the event.</param>
/// <param name="More">Further fields of its webhook.</param>
internal sealed record UonEvent(int Type, params KeyValuePair<string, string>[] More);

/// <summary>The one route that changes leads and requests, quirks included: see <see cref="UonWrites"/>.</summary>
internal static class UonUpdate
{
    private const int LeadStatus = 16, RequestStatus = 17, LeadNote = 72, RequestNote = 73;

    /// <param name="leads">The cabinet's.</param>
    /// <param name="requests">The cabinet's.</param>
    /// <param name="id">The record's number.</param>
    /// <param name="form">The form as received.</param>
    /// <param name="hasField">Whether the cabinet has a custom field of this number.</param>
    /// <param name="missingStatus">The status of the response for a missing record.</param>
    /// <param name="fire">Called for every event.</param>
    public static Answer Answer(
        UonRecords leads, UonRecords requests, long id, IReadOnlyDictionary<string, string> form, Func<long, bool> hasField, int missingStatus, Action<UonEvent> fire)
    {
        if (id == 0)
        {
            return UonAnswers.WrongParameter("id");
        }

        var isLead = leads.Fields(id) is not null && !(form.ContainsKey("request_status_id") && requests.Fields(id) is not null);
        IReadOnlyList<UonEvent> events = [];
        if (!(isLead ? leads : requests).Update(id, fields => events = Apply(fields, form, isLead, hasField)))
        {
            return UonAnswers.Missing("request", missingStatus);
        }

        foreach (var happened in events)
        {
            fire(happened);
        }

        return UonAnswers.Written(id);
    }

    private static List<UonEvent> Apply(JsonObject fields, IReadOnlyDictionary<string, string> form, bool isLead, Func<long, bool> hasField)
    {
        var events = new List<UonEvent>();
        if (form.GetValueOrDefault("note") is { } note && note != Text(fields, "notes"))
        {
            fields["notes"] = note;
            events.Add(new UonEvent(isLead ? LeadNote : RequestNote));
        }

        if (form.GetValueOrDefault(isLead ? "lead_status_id" : "request_status_id") is { Length: > 0 } status && status != Text(fields, "status_id"))
        {
            events.Add(new UonEvent(isLead ? LeadStatus : RequestStatus, new("status_id_old", Text(fields, "status_id") ?? "0"), new("status_id_new", status)));
            fields["status_id"] = status;
            fields["status"] = $"Статус {status}";
        }

        foreach (var (name, value) in form)
        {
            if (name.StartsWith("extended_fields[", StringComparison.Ordinal)
                && long.TryParse(name["extended_fields[".Length..].TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var field)
                && hasField(field))
            {
                Set(fields, field, value);
            }
        }

        return events;
    }

    private static void Set(JsonObject fields, long id, string value)
    {
        if (fields["extended_fields"] is not JsonArray list)
        {
            fields["extended_fields"] = list = [];
        }

        if (list.OfType<JsonObject>().FirstOrDefault(item => Text(item, "id") == id.ToString(CultureInfo.InvariantCulture)) is { } known)
        {
            known["value"] = value;
        }
        else
        {
            list.Add((JsonNode)new JsonObject { ["id"] = id, ["value"] = value });
        }
    }

    private static string? Text(JsonObject fields, string name) => fields[name] is JsonValue value ? value.ToString() : null;
}
