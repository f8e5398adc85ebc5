using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Checks a destination's credentials by a call without side effects; subclasses make the call.</summary>
public abstract class DestinationProbe<TSettings> : IHealthProbe where TSettings : class
{
    private protected DestinationProbe(DestinationModule<TSettings> module) => Breaker = module.Name;

    public string Breaker { get; }

    public bool Serves(Pipeline pipeline) => pipeline.Has<TSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<TSettings>();
        var reply = await AskAsync(settings, cancellationToken);
        return reply.Outcome switch
        {
            DeliveryOutcome.Delivered => new ProbeResult(true, Works(settings)),
            DeliveryOutcome.Misconfigured or DeliveryOutcome.Rejected => new ProbeResult(false, $"{reply.Detail}.", ErrorCodes.Denied(Breaker)),
            // The reply's detail refers to an order, but none was sent.
            DeliveryOutcome.Uncertain => new ProbeResult(false, $"{Breaker} did not answer.", ErrorCodes.Unavailable(Breaker)),
            _ => new ProbeResult(false, $"{Breaker} could not be checked: {reply.Detail}.", ErrorCodes.Unavailable(Breaker)),
        };
    }

    /// <summary>Delivered: the destination accepts the credentials.</summary>
    protected abstract Task<DeliveryReply> AskAsync(TSettings settings, CancellationToken cancellationToken);

    /// <summary>The message when the credentials work.</summary>
    protected abstract string Works(TSettings settings);
}
