using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Http;

/// <summary>Any service that takes a record by one HTTP request, as the settings describe it.</summary>
public sealed class HttpDestination(IHttpClientFactory clients, DestinationRateLimiter limiter, TimeProvider time) : Destination<HttpSettings>(HttpServices.Module)
{
    public const string DestinationName = "http";

    public const string QueueName = "http-orders";

    private const string MaskedKey = "***";

    public override ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken) =>
        limiter.AcquireAsync($"{DestinationName}|{pipeline.Name}", pipeline.Get<HttpSettings>().RequestsPerSecond, cancellationToken);

    public override OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var order = HttpOrder.Of(operation, pipeline.Get<HttpSettings>(), MaskedKey);
        // The part after the host may hold a secret or personal data, and the body is shown separately.
        return new OrderPreview(order.Address.GetLeftPart(UriPartial.Authority) + (order.Address.PathAndQuery == "/" ? "" : "/" + EffectiveSettings.Hidden), order.Shown) { Method = pipeline.Get<HttpSettings>().Method.Method };
    }

    public override async Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<HttpSettings>();
        var order = HttpOrder.Of(operation, settings, settings.ApiKey ?? "");
        using var http = clients.CreateClient(DestinationName);
        return await new OrderCall("HTTP order", order.Address.Host, settings.Method, order.Address, settings.Policy.Timeout)
        {
            Body = order.Body,
            ContentType = order.ContentType,
            Headers = order.Headers,
        }.SendOnceAsync(http, (status, body, wait) => HttpReplyReader.Read(settings.Reply, status, body, wait), time, cancellationToken);
    }
}
