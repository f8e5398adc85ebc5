using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>
/// Classifies Offerum's reply. No real reply of this endpoint is public, so the parser is
/// tolerant and assumes nothing that is not stated: 2xx alone proves nothing. Pure.
/// </summary>
public static partial class OfferumReplyReader
{
    public const int MaxBody = 4_000;

    private const int OfferIsModerated = 2;

    public static DeliveryReply Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        var answer = OfferumAnswer.Read(body);
        return Classify((int)status, answer, retryAfter) with { Status = (int)status, Body = text.CutTo(MaxBody) };
    }

    private static DeliveryReply Classify(int status, OfferumAnswer? answer, TimeSpan? retryAfter)
    {
        if (status is 429 or 408 or >= 500)
        {
            return DeliveryReply.Later(status, $"Offerum answered HTTP {status}", retryAfter);
        }

        // The text is more specific than the number, which may only repeat that this is an error.
        var isSuccess = status is >= 200 and < 300;
        var words = answer?.Error ?? (isSuccess ? null : answer?.Message);
        if (words is not null && Understood(words, answer?.OrderId) is { } refused)
        {
            return refused;
        }

        if (isSuccess)
        {
            return words is null ? Accepted(answer)
                // A reply with an order id is not a refusal, whatever else it says: resent after a correction, the order could be sold twice.
                : answer is { SaysOk: true, OrderId: { } id } ? new(DeliveryOutcome.Unconfirmed) { OrderId = id, Detail = "Offerum's answer has both an order id and an unknown error" }
                : new(DeliveryOutcome.Rejected) { Detail = "Offerum refused the order" };
        }

        return status switch
        {
            401 or 403 => new(DeliveryOutcome.Misconfigured) { Detail = $"Offerum refused our key (HTTP {status})" },
            400 or 422 => new(DeliveryOutcome.Rejected) { Detail = $"Offerum refused the order (HTTP {status})" },
            _ => new(DeliveryOutcome.Misconfigured) { Detail = $"Offerum's order address answered HTTP {status}; check Offerum:BaseAddress" },
        };
    }

    private static DeliveryReply Accepted(OfferumAnswer? answer) => answer switch
    {
        null => new(DeliveryOutcome.Unconfirmed) { Detail = "Offerum's answer is empty or not JSON" },
        { AdditionalStatus: 4 or 5 } => new(DeliveryOutcome.Duplicate)
        {
            OrderId = answer.OrderId,
            Detail = $"additional_status {answer.AdditionalStatus}: Offerum already had this person",
        },
        { SaysOk: true } or { OrderId: not null, Status: null } => new(DeliveryOutcome.Delivered)
        {
            OrderId = answer.OrderId,
            NeedsAttention = answer.AdditionalStatus == OfferIsModerated,
            Detail = answer.AdditionalStatus == OfferIsModerated ? "additional_status 2: the offer is being moderated" : null,
        },
        _ => new(DeliveryOutcome.Unconfirmed) { Detail = "Offerum's answer neither confirms nor refuses the order" },
    };

    /// <summary>
    /// Null for an unknown text. The detail omits the network's own text, because it may quote the client. The
    /// body is kept in the journal.
    /// </summary>
    private static DeliveryReply? Understood(string error, string? orderId)
    {
        if (AboutDuplicate().IsMatch(error))
        {
            return new(DeliveryOutcome.Duplicate) { OrderId = orderId, Detail = "Offerum already had this person" };
        }

        // "phone is not allowed in this flow" concerns one client; asking an operator is better than holding every lead for it.
        if (AboutPhone().IsMatch(error))
        {
            return new(DeliveryOutcome.Rejected) { Detail = "Offerum refused the phone" };
        }

        if (AboutFlow().IsMatch(error))
        {
            return new(DeliveryOutcome.Misconfigured) { Detail = "Offerum reports an unknown flow; check Offerum:Flow (case-sensitive)" };
        }

        return AboutKey().IsMatch(error)
            ? new(DeliveryOutcome.Misconfigured) { Detail = "Offerum refused our key; check Offerum:ApiKey" }
            : null;
    }

    [GeneratedRegex("duplicat|дубл|already exist|уже существует", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AboutDuplicate();

    [GeneratedRegex(@"phone|телефон|\bномер(?!\w*\s+(поток|ключ))", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AboutPhone();

    [GeneratedRegex(@"(?<![a-z])(flow|thread)s?(?![a-z])|поток", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AboutFlow();

    [GeneratedRegex(@"(?<![a-z])(api[ _-]?)?(key|token)(?![a-z])|\bключ|токен|unauthori[sz]ed|not authori[sz]ed|authenticat|авториз|access denied|forbidden|\bдоступа?\b", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AboutKey();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
}
