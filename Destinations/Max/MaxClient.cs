using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Max;

/// <summary>Calls one method of MAX's bot API, once. The token is sent in a header; the API rejects one in the query.</summary>
public sealed class MaxClient(HttpClient http, TrustingClients trusting, TimeProvider time)
{
    /// <param name="settings">Address, token and trust.</param>
    /// <param name="method">POST with a body, GET without.</param>
    /// <param name="path">Relative to the base address, with its query.</param>
    /// <param name="body">Null: none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal Task<DeliveryReply> CallAsync(MaxSettings settings, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        new OrderCall($"MAX {method.Method}", "MAX", method, AddressOf(settings, path), settings.Policy.Timeout)
        {
            Body = body is null ? default : OrderJson.Encode(body),
            ContentType = body is null ? null : OrderJson.ContentType,
            Headers = [new("Authorization", settings.Token)],
        }.SendOnceAsync(
            settings.Roots is { } roots ? trusting.For(roots, OrderClients.Configure) : http, MaxReplyReader.Read, time, cancellationToken);

    internal static Uri AddressOf(MaxSettings settings, string path) => new(settings.BaseAddress, path);
}
