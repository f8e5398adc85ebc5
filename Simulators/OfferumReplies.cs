using System.Globalization;

namespace UonOfferum.Simulators;

/// <summary>Writes the reply of a kind.</summary>
internal static class OfferumReplies
{
    public static Answer Of(OfferumReplyKind kind, OfferumReplyFacts facts) => kind switch
    {
        OfferumReplyKind.HangBeforeReading or OfferumReplyKind.TakenThenHang => Answer.Hang,
        OfferumReplyKind.ResetBeforeReading or OfferumReplyKind.TakenThenReset => Answer.Reset,
        OfferumReplyKind.RefusedAtError => new Answer(200, """{"status":"error","error":"phone is not valid"}"""),
        OfferumReplyKind.RefusedAtErrors => Errors("phone is not valid"),
        OfferumReplyKind.RefusedAtMessage => new Answer(200, """{"status":"error","message":"phone is not valid"}"""),
        OfferumReplyKind.WrongFlow => Errors("wrong thread id"),
        OfferumReplyKind.WrongKey => Errors("wrong api key"),
        OfferumReplyKind.DuplicateError => Errors("duplicate order"),
        OfferumReplyKind.DuplicateErrorInRussian => Errors("заказ отклонён: дубль"),
        OfferumReplyKind.PhoneError => Errors("wrong phone format"),
        OfferumReplyKind.NameError => Errors("name is empty"),
        OfferumReplyKind.ValidationError => Errors($"{facts.MissingField} is required"),
        OfferumReplyKind.UnknownError => Errors("order was not created"),
        OfferumReplyKind.BadRequest => Status(400, "Bad request"),
        OfferumReplyKind.Unauthorized => Status(401, "Unauthorized"),
        OfferumReplyKind.Forbidden => Status(403, "Forbidden"),
        OfferumReplyKind.MethodNotAllowed => Status(405, "Method not allowed"),
        OfferumReplyKind.RequestTimeout => Status(408, "Request timeout"),
        OfferumReplyKind.UnsupportedMediaType => Status(415, "Content-Type must be application/x-www-form-urlencoded"),
        OfferumReplyKind.Unprocessable => new Answer(422, """{"status":"error","errors":["error: phone is not valid"]}"""),
        OfferumReplyKind.TooManyRequests => Status(429, "Too many requests"),
        OfferumReplyKind.TooManyRequestsRetryAfterSeconds => Status(429, "Too many requests") with { RetryAfter = facts.InSeconds },
        OfferumReplyKind.TooManyRequestsRetryAfterDate => Status(429, "Too many requests") with { RetryAfter = facts.AsDate },
        OfferumReplyKind.ServerError or OfferumReplyKind.TakenThenServerError => Status(500, "Internal server error"),
        OfferumReplyKind.BadGateway => Answer.HtmlPage(502, "502 Bad Gateway"),
        OfferumReplyKind.ServiceUnavailable => Answer.HtmlPage(503, "503 Service Unavailable"),
        OfferumReplyKind.ServiceUnavailableRetryAfter =>
            Answer.HtmlPage(503, "503 Service Unavailable") with { RetryAfter = facts.InSeconds },
        OfferumReplyKind.HtmlPage => Answer.HtmlPage(200, "Offerum"),
        OfferumReplyKind.EmptyBody => new Answer(200, ""),
        OfferumReplyKind.UnknownJson => new Answer(200, "{}"),
        _ => Ok(kind, facts),
    };

    private static Answer Ok(OfferumReplyKind kind, OfferumReplyFacts facts)
    {
        var id = facts.OrderId.ToString(CultureInfo.InvariantCulture);
        var text = $"\"{id}\"";
        var place = kind switch
        {
            OfferumReplyKind.OkOrderIdAsText => $"\"order_id\":{text}",
            OfferumReplyKind.OkAtId => $"\"id\":{id}",
            OfferumReplyKind.OkAtIdAsText => $"\"id\":{text}",
            OfferumReplyKind.OkAtLeadId => $"\"lead_id\":{id}",
            OfferumReplyKind.OkAtLeadIdAsText => $"\"lead_id\":{text}",
            OfferumReplyKind.OkAtUuid => $"\"uuid\":{id}",
            OfferumReplyKind.OkAtUuidAsText => $"\"uuid\":{text}",
            OfferumReplyKind.OkAtResponseId => $"\"response\":{{\"id\":{id}}}",
            OfferumReplyKind.OkAtResponseIdAsText => $"\"response\":{{\"id\":{text}}}",
            OfferumReplyKind.OkAtResponseOrderId => $"\"response\":{{\"order_id\":{id}}}",
            OfferumReplyKind.OkAtResponseOrderIdAsText => $"\"response\":{{\"order_id\":{text}}}",
            OfferumReplyKind.OkAtDataId => $"\"data\":{{\"id\":{id}}}",
            OfferumReplyKind.OkAtDataIdAsText => $"\"data\":{{\"id\":{text}}}",
            _ when kind.IsOk() => $"\"order_id\":{id}",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of reply."),
        };
        var additional = (kind, facts.IsDuplicate) switch
        {
            (OfferumReplyKind.OkDuplicate5, _) => ",\"additional_status\":5",
            (OfferumReplyKind.OkDuplicate4, _) or (_, true) => ",\"additional_status\":4",
            (OfferumReplyKind.OkModeration, _) => ",\"additional_status\":2",
            (OfferumReplyKind.OkWithoutAdditionalStatus, _) => "",
            _ => ",\"additional_status\":0",
        };
        return new Answer(
            200, $"{{\"status\":\"ok\",{place}{additional}}}", kind == OfferumReplyKind.OkCalledHtml ? Answer.Html : Answer.Json);
    }

    private static Answer Errors(string text) => new(200, $$"""{"status":"error","errors":["error: {{text}}"]}""");

    private static Answer Status(int status, string message) => new(status, $$"""{"status":"error","message":"{{message}}"}""");
}

/// <summary>The values that a reply may contain.</summary>
/// <param name="OrderId">The order's number, for replies that contain one.</param>
/// <param name="IsDuplicate">The filter has the phone in this flow.</param>
/// <param name="MissingField">The form field that a validation error names.</param>
/// <param name="RetryAfter">The value of Retry-After.</param>
/// <param name="Now">The simulator's time.</param>
internal sealed record OfferumReplyFacts(long OrderId, bool IsDuplicate, string MissingField, TimeSpan RetryAfter, DateTimeOffset Now)
{
    public string InSeconds => Answer.Seconds(RetryAfter);

    public string AsDate => (Now + RetryAfter).ToString("R", CultureInfo.InvariantCulture);
}
