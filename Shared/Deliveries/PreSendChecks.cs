using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Limits;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>The checks between a due message and its claim, in order: data, policy, search, breaker, throttling, a new publication, rate, another operation's order.</summary>
public sealed class PreSendChecks(JournalStore journal, CircuitBreakerPolicy breakers, SlowDown slowDown, LeadDeduplicator deduplicator, Jitter jitter, TimeProvider time)
{
    /// <summary>Null: send now.</summary>
    internal async ValueTask<PreSend?> FindAsync(Pipeline pipeline, IDestination destination, Operation operation, CancellationToken cancellationToken)
    {
        var delivery = operation.DeliveryTo(destination.Name)!;
        if (!delivery.IsReport() && operation.Fields[PhoneIndex.PhoneField] is null)
        {
            return delivery.IsInDoubt() ? new PreSend.Doubt() : new PreSend.NoData();
        }

        // The policy may have changed since the resend was scheduled, or since the delivery was held.
        if (delivery.IsInDoubt() && !delivery.ResendApproved && destination.Policy(pipeline) is { Uncertain: UncertainPolicy.Hold, IsIdempotent: false })
        {
            return new PreSend.Doubt();
        }

        if (delivery.IsInDoubt() && await FindSearchAsync(destination.Policy(pipeline).SearchAfter, operation, destination, cancellationToken) is { } from)
        {
            return new PreSend.Wait(from, PreSend.Wait.Search);
        }

        if (await breakers.FindOpenAsync(pipeline, destination.Name, cancellationToken) is { } breaker)
        {
            return new PreSend.Hold(breaker.IsPause ? null : breaker.Code, breaker.Message);
        }

        if (slowDown.Until(pipeline.Name, destination.Name) is { } until)
        {
            return new PreSend.Wait(Spread(until));
        }

        // Before the rate limit, so that a wait uses up no turn.
        if (deduplicator.FindWait(pipeline, destination, operation) is { } publication)
        {
            return publication;
        }

        if (await destination.AcquireAsync(pipeline, cancellationToken) is { } later)
        {
            return new PreSend.Wait(later);
        }

        return await deduplicator.FindOwnerAsync(pipeline, destination, operation, cancellationToken);
    }

    /// <summary>
    /// When the destination's search knows what an earlier send left there; null: now, or it has no search. An operator may ask for the order again before
    /// that, and the wait in the journal is by the clock of the instance that sent: this one is by the storage's clock. A send that left nothing was
    /// itself allowed only after the wait for those before it. Without a result, the order may have left until the lease ended.
    /// </summary>
    private async ValueTask<DateTimeOffset?> FindSearchAsync(TimeSpan wait, Operation operation, IDestination destination, CancellationToken cancellationToken)
    {
        if (wait == TimeSpan.Zero || await journal.ReadClaimAsync(operation.Id, destination.Name, cancellationToken) is not { LeftNothing: false } last)
        {
            return null;
        }

        var sent = last.Result is null ? last.LeaseUntil : last.WrittenAt ?? last.LeaseUntil;
        return sent + wait > time.GetUtcNow() ? sent + wait : null;
    }

    private DateTimeOffset Spread(DateTimeOffset until) => until + RetryDelays.Spread(until - time.GetUtcNow(), jitter.Next());
}
