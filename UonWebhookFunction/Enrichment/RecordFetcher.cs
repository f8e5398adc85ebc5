using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Fetches a record from U-ON through its circuit breaker, and records the reply there.</summary>
public sealed class RecordFetcher(RecordLookup lookup, CircuitBreakerPolicy breakers)
{
    internal async Task<EnrichOutcome> FetchAsync(Pipeline pipeline, StageMessage message, CancellationToken cancellationToken)
    {
        if (await breakers.FindOpenAsync(pipeline, CircuitBreakerState.Uon, cancellationToken) is { } breaker)
        {
            return new EnrichOutcome.Hold(message.Kind, breaker.Code ?? CircuitBreakerState.Paused, breaker.Message ?? "");
        }

        var outcome = await lookup.FetchAsync(pipeline, message, cancellationToken);
        switch (outcome)
        {
            case EnrichOutcome.Hold hold:
                await breakers.OpenAsync(pipeline, CircuitBreakerState.Uon, message.OperationId(), hold.Code, hold.Message, cancellationToken);
                break;
            case EnrichOutcome.Unavailable unavailable:
                await breakers.RecordFailureAsync(pipeline, CircuitBreakerState.Uon, message.OperationId(), ErrorCodes.UonUnavailable, unavailable.Reason, cancellationToken);
                break;
            case EnrichOutcome.Throttled:
                break;
            default:
                await breakers.RecordSuccessAsync(pipeline, CircuitBreakerState.Uon, message.OperationId(), cancellationToken);
                break;
        }

        return outcome;
    }
}
