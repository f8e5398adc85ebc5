using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Max;

/// <summary>A MAX chat or user that gets a message for every record, by <c>POST /messages</c>.</summary>
public sealed class MaxDestination(MaxClient client, DestinationRateLimiter limiter) : Destination<MaxSettings>(MaxServices.Module)
{
    public const string DestinationName = "max";

    public const string QueueName = "max-orders";

    /// <summary>The rate limit belongs to the chat, whichever pipelines write to it.</summary>
    public override ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<MaxSettings>();
        return limiter.AcquireAsync($"{DestinationName}|{settings.Recipient}", settings.RequestsPerSecond, cancellationToken);
    }

    public override OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<MaxSettings>();
        return new OrderPreview(MaxClient.AddressOf(settings, MaxMessage.PathOf(settings)).AbsoluteUri, [new("text", MaxMessage.TextOf(operation, settings))]);
    }

    public override Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<MaxSettings>();
        return client.CallAsync(settings, HttpMethod.Post, MaxMessage.PathOf(settings), MaxMessage.Of(operation, settings), cancellationToken);
    }
}
