namespace UonOfferum.Simulators;

/// <summary>
/// Every known or expected reply of Offerum to an order. The <c>Ok…</c> and <c>Taken…</c> kinds accept the
/// order (<see cref="OfferumReplyKinds.TakesTheOrder"/>); if the duplicate filter has the phone, an <c>Ok…</c> kind reports it as
/// <c>additional_status</c> 4.
/// </summary>
public enum OfferumReplyKind
{
    /// <summary><c>{"status":"ok","order_id":N,"additional_status":0}</c></summary>
    Ok,

    /// <summary>ok, and no <c>additional_status</c>.</summary>
    OkWithoutAdditionalStatus,

    /// <summary>ok, <c>additional_status</c> 2: the offer is being moderated.</summary>
    OkModeration,

    /// <summary>ok, <c>additional_status</c> 4: a duplicate that the cabinet will not show.</summary>
    OkDuplicate4,

    /// <summary>ok, <c>additional_status</c> 5: likewise.</summary>
    OkDuplicate5,

    /// <summary>ok, JSON with the content type <c>text/html</c>.</summary>
    OkCalledHtml,

    OkOrderIdAsText,
    OkAtId,
    OkAtIdAsText,
    OkAtLeadId,
    OkAtLeadIdAsText,
    OkAtUuid,
    OkAtUuidAsText,
    OkAtResponseId,
    OkAtResponseIdAsText,
    OkAtResponseOrderId,
    OkAtResponseOrderIdAsText,
    OkAtDataId,
    OkAtDataIdAsText,

    /// <summary>A refusal of the phone at <c>error</c>.</summary>
    RefusedAtError,

    /// <summary>A refusal of the phone at <c>errors[]</c>.</summary>
    RefusedAtErrors,

    /// <summary>A refusal of the phone at <c>message</c>.</summary>
    RefusedAtMessage,

    /// <summary><c>wrong thread id</c>: the flow is not known.</summary>
    WrongFlow,

    /// <summary>The key is not known, reported with HTTP status 200.</summary>
    WrongKey,

    /// <summary>An error that says duplicate.</summary>
    DuplicateError,

    /// <summary>An error that says дубль.</summary>
    DuplicateErrorInRussian,

    /// <summary>An error about the phone.</summary>
    PhoneError,

    /// <summary>An error about the name.</summary>
    NameError,

    /// <summary>An error about a form field that is missing.</summary>
    ValidationError,

    /// <summary>An error with an unknown text.</summary>
    UnknownError,

    /// <summary>400</summary>
    BadRequest,

    /// <summary>401</summary>
    Unauthorized,

    /// <summary>403</summary>
    Forbidden,

    /// <summary>405, to anything but a POST.</summary>
    MethodNotAllowed,

    /// <summary>408</summary>
    RequestTimeout,

    /// <summary>415, to a body that is not a form.</summary>
    UnsupportedMediaType,

    /// <summary>422</summary>
    Unprocessable,

    /// <summary>429 without Retry-After.</summary>
    TooManyRequests,

    /// <summary>429, Retry-After in seconds.</summary>
    TooManyRequestsRetryAfterSeconds,

    /// <summary>429, Retry-After as a date.</summary>
    TooManyRequestsRetryAfterDate,

    /// <summary>500</summary>
    ServerError,

    /// <summary>502 with an HTML page.</summary>
    BadGateway,

    /// <summary>503 with an HTML page.</summary>
    ServiceUnavailable,

    /// <summary>503, Retry-After in seconds.</summary>
    ServiceUnavailableRetryAfter,

    /// <summary>200 with an HTML page.</summary>
    HtmlPage,

    /// <summary>200 without a body.</summary>
    EmptyBody,

    /// <summary>200 with <c>{}</c>.</summary>
    UnknownJson,

    /// <summary>The connection is accepted, the body is not read, and no reply is sent.</summary>
    HangBeforeReading,

    /// <summary>The connection is reset before the body is read.</summary>
    ResetBeforeReading,

    /// <summary>The order is accepted, but no reply is sent.</summary>
    TakenThenHang,

    /// <summary>The order is accepted, but the connection is reset.</summary>
    TakenThenReset,

    /// <summary>The order is accepted, but the reply is 500.</summary>
    TakenThenServerError,
}

/// <summary>Properties of a reply kind, whatever its text.</summary>
public static class OfferumReplyKinds
{
    /// <summary>After this reply the network has the order, unless its duplicate filter already had one for the phone.</summary>
    public static bool TakesTheOrder(this OfferumReplyKind kind) =>
        (kind.IsOk() && kind is not (OfferumReplyKind.OkDuplicate4 or OfferumReplyKind.OkDuplicate5))
        || kind is OfferumReplyKind.TakenThenHang or OfferumReplyKind.TakenThenReset or OfferumReplyKind.TakenThenServerError;

    /// <summary>The <c>Ok…</c> kinds, which are adjacent in the enum.</summary>
    internal static bool IsOk(this OfferumReplyKind kind) => kind is >= OfferumReplyKind.Ok and <= OfferumReplyKind.OkAtDataIdAsText;

    internal static bool ComesBeforeReading(this OfferumReplyKind kind) =>
        kind is OfferumReplyKind.HangBeforeReading or OfferumReplyKind.ResetBeforeReading;
}
