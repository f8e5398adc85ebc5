using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Phones;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.HttpSenderFunction;

/// <summary>Any service that takes a record by one HTTP request, as the settings describe it.</summary>
public sealed class HttpDestination(IHttpClientFactory clients, Pace pace, TimeProvider time) : IDestination
{
    public const string DestinationName = "http";

    public const string QueueName = "http-orders";

    private const string MaskedKey = "***";

    public string Name => DestinationName;

    public string Queue => QueueName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<HttpSettings>();

    public DeliveryPolicy Policy(Pipeline pipeline) => pipeline.Get<HttpSettings>().Policy;

    /// <summary>Nobody can tell which addresses belong together: a pipeline is an account of its own.</summary>
    public string Account(Pipeline pipeline) => pipeline.Name;

    public ValueTask<DateTimeOffset?> EnterAsync(Pipeline pipeline, CancellationToken cancellationToken) =>
        pace.EnterAsync($"{DestinationName}|{pipeline.Name}", pipeline.Get<HttpSettings>().RequestsPerSecond, cancellationToken);

    public OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var order = HttpOrder.Of(operation, pipeline.Get<HttpSettings>(), MaskedKey);
        // The query may hold the person, and the body is shown by itself.
        return new OrderPreview(Mask.Text(order.Address.GetLeftPart(UriPartial.Path)), order.Shown);
    }

    public async Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
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
