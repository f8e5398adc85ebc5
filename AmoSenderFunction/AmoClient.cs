using System.Net;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.AmoSenderFunction;

/// <summary>Calls the API of one account, once.</summary>
public sealed class AmoClient(HttpClient http, TimeProvider time)
{
    public const string LeadPath = "api/v4/leads/complex";

    internal Task<DeliveryReply> AddAsync(AmoSettings settings, JsonArray leads, CancellationToken cancellationToken) =>
        CallAsync("amoCRM lead", settings, HttpMethod.Post, LeadPath, leads, AmoReplyReader.Added, cancellationToken);

    /// <summary>Changes nothing there.</summary>
    internal Task<DeliveryReply> AskAccountAsync(AmoSettings settings, CancellationToken cancellationToken) =>
        CallAsync("amoCRM account", settings, HttpMethod.Get, "api/v4/account", body: null, AmoReplyReader.Account, cancellationToken);

    private Task<DeliveryReply> CallAsync(
        string span,
        AmoSettings settings,
        HttpMethod method,
        string path,
        JsonArray? body,
        Func<HttpStatusCode, ReadOnlyMemory<byte>, TimeSpan?, DeliveryReply> read,
        CancellationToken cancellationToken) =>
        new OrderCall(span, "amoCRM", method, new Uri(settings.BaseAddress, path), settings.Policy.Timeout)
        {
            Body = body is null ? default : OrderJson.Encode(body),
            ContentType = body is null ? null : OrderJson.ContentType,
            Headers = [new("Authorization", $"Bearer {settings.Token}")],
        }.SendOnceAsync(http, read, time, cancellationToken);
}
