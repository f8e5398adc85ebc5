using System.Globalization;

namespace UonOfferum.Simulators;

/// <summary>The fields that U-ON posts, as a form, when something happens to a record.</summary>
public static class UonWebhook
{
    public const int LeadCreated = 1;
    public const int RequestCreated = 2;

    /// <summary>The creation of a lead or a request. Both have the number in <c>request_id</c>, as in the real one.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Created(UonRecord record, DateTimeOffset at) =>
        Of(record.Kind == UonRecordKind.Lead ? LeadCreated : RequestCreated, record.Id, at);

    /// <param name="type">U-ON's number of the event.</param>
    /// <param name="recordId">The record's number.</param>
    /// <param name="at">When it happened.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(int type, long recordId, DateTimeOffset at) =>
    [
        new("uon_id", "10101"),
        new("uon_subdomain", "id10101"),
        new("datetime", UonRecordFields.Time(at)),
        new("type_id", type.ToString(CultureInfo.InvariantCulture)),
        new("request_id", recordId.ToString(CultureInfo.InvariantCulture)),
    ];
}
