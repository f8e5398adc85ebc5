using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The subject of an event.</summary>
public enum UonEventSubject
{
    /// <summary>No source documents this event.</summary>
    Unknown,
    Lead,
    Request,

    /// <summary>It occurs for leads and for requests.</summary>
    Either,

    /// <summary>A client, not a record: there is nothing to sell.</summary>
    NotARecord,
}

/// <summary>
/// U-ON's events by <c>type_id</c>. The field's name is not reliable: for seven of them <c>request_id</c> holds the number of a lead.
/// </summary>
public static class UonEvents
{
    public static UonEventSubject SubjectOf(int eventType) => eventType switch
    {
        1 or 16 or 27 or 29 or 51 or 53 or 55 or 72 => UonEventSubject.Lead,
        2 or (>= 6 and <= 11) or (>= 17 and <= 19) or (>= 21 and <= 23) or 30 => UonEventSubject.Request,
        36 or 37 or 40 or 49 or 50 or 52 or 54 or 56 or 69 or 73 => UonEventSubject.Request,
        20 or 25 or 26 or 31 or 32 or 34 or 39 or 45 or 46 or 48 => UonEventSubject.Either,
        >= 3 and <= 5 => UonEventSubject.NotARecord,
        _ => UonEventSubject.Unknown,
    };

    /// <summary>Which table the event's record number belongs to.</summary>
    /// <param name="eventType"><c>type_id</c>; null: the webhook has none.</param>
    /// <param name="isLead"><c>is_lead</c>; used only for events that occur for both kinds.</param>
    /// <param name="configured">The pipeline's <c>Uon:Record</c>: used if the webhook does not say.</param>
    public static RecordKind KindOf(int? eventType, bool? isLead, RecordKind configured) =>
        (eventType is { } type ? SubjectOf(type) : UonEventSubject.Unknown, isLead) switch
        {
            (UonEventSubject.Lead, _) or (UonEventSubject.Either, true) => RecordKind.Lead,
            (UonEventSubject.Request, _) or (UonEventSubject.Either, false) => RecordKind.Request,
            _ => configured,
        };
}
