using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>An account of amoCRM, which gets a lead and its contact in one request.</summary>
public sealed class AmoDestination(AmoClient client, DestinationRateLimiter limiter) : Destination<AmoSettings>(AmoServices.Module)
{
    public const string DestinationName = "amo";

    public const string QueueName = "amo-orders";

    /// <summary>The rate limit belongs to the account, whichever pipelines write to it.</summary>
    public override ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<AmoSettings>();
        return limiter.AcquireAsync($"{DestinationName}|{settings.BaseAddress.Authority}", settings.RequestsPerSecond, cancellationToken);
    }

    public override OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<AmoSettings>();
        return new OrderPreview(new Uri(settings.BaseAddress, AmoClient.LeadPath).AbsoluteUri, AmoLead.Shown(operation, settings));
    }

    public override async Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<AmoSettings>();
        var isAgain = operation.DeliveryTo(Name) is { Sends: > 1 };
        if (isAgain)
        {
            var own = await client.FindAsync(settings, AmoLead.MarkOf(operation), cancellationToken);
            if (own is not { Outcome: DeliveryOutcome.Delivered, OrderId: null })
            {
                return own with { Detail = own.Detail ?? "amoCRM already had it from an earlier send" };
            }
        }

        return await client.AddAsync(settings, AmoLead.Of(operation, settings), isAgain, cancellationToken);
    }
}
