using System.Net;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>
/// Calls one method of a portal's REST, once. An order may take two queries and the lead itself; together they stay within the one
/// timeout that the claim's lease allows for: half of it for the lead, a quarter for each query.
/// </summary>
public sealed class BitrixClient(HttpClient http, TimeProvider time)
{
    internal Task<DeliveryReply> AddAsync(BitrixSettings settings, JsonObject lead, CancellationToken cancellationToken) =>
        CallAsync(settings, BitrixLead.AddMethod, lead, settings.Policy.Timeout / 2, BitrixReplyReader.Added, cancellationToken);

    /// <summary>A query, which changes nothing: a lost reply leaves no uncertainty, and repeating it does no harm.</summary>
    internal async Task<DeliveryReply> AskAsync(
        BitrixSettings settings, string method, JsonObject parameters, Func<HttpStatusCode, ReadOnlyMemory<byte>, TimeSpan?, DeliveryReply> read, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(settings, method, parameters, settings.Policy.Timeout / 4, read, cancellationToken);
        return reply.Outcome switch
        {
            DeliveryOutcome.Transient => reply with { MayHaveArrived = false },
            DeliveryOutcome.Uncertain => reply with { Outcome = DeliveryOutcome.Transient, Detail = $"The lead did not go out: no answer to {method}" },
            DeliveryOutcome.Unconfirmed or DeliveryOutcome.Rejected => reply with { Outcome = DeliveryOutcome.Transient, Detail = $"The lead did not go out: the answer to {method} is not usable" },
            _ => reply,
        };
    }

    private Task<DeliveryReply> CallAsync(
        BitrixSettings settings, string method, JsonObject parameters, TimeSpan timeout, Func<HttpStatusCode, ReadOnlyMemory<byte>, TimeSpan?, DeliveryReply> read, CancellationToken cancellationToken) =>
        new OrderCall($"Bitrix24 {method}", "Bitrix24", HttpMethod.Post, new Uri(settings.Webhook, method + ".json"), timeout)
        {
            Body = OrderJson.Encode(parameters),
            ContentType = OrderJson.ContentType,
        }.SendOnceAsync(http, read, time, cancellationToken);
}
