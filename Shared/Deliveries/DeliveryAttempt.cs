using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Limits;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Deliveries;

/// <summary>The outcome of a delivery attempt, as written to the journal.</summary>
public sealed record SentOrder(DeliveryReply Reply, JournalEntry Entry);

/// <summary>
/// The only code that sends: it claims the delivery in the journal, sends, and writes the result under the claim, so the next reader
/// of the claim can tell what happened in between.
/// </summary>
public sealed partial class DeliveryAttempt(JournalStore journal, OutboxSender outbox, FailPoints failPoints, Jitter jitter, TimeProvider time, ILogger<DeliveryAttempt> logger)
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);

    /// <summary>Null when a race was lost before anything was sent.</summary>
    public async Task<SentOrder?> RunAsync(
        Pipeline pipeline, IDestination destination, JournalEntry entry, StageMessage message, CancellationToken cancellationToken)
    {
        var policy = destination.Policy(pipeline);
        var (claimed, claim) = await ClaimAsync(pipeline, destination, policy, entry, message, cancellationToken);
        if (claimed is null || claim is null)
        {
            return null;
        }

        await failPoints.HitAsync(FailPoints.Claimed);
        if (claim.LeaseUntil - time.GetUtcNow() < policy.Timeout)
        {
            // The send could outlive its lease. Release the unused claim, and evaluate the message again.
            await ReleaseClaimAsync(destination, policy, claimed, claim, cancellationToken);
            return null;
        }

        // A shutdown never cancels an order in flight: its own timeout bounds it.
        var reply = await destination.SendAsync(pipeline, claimed.Operation, CancellationToken.None);
        await failPoints.HitAsync(FailPoints.Posted);
        var written = await RecordWithRetryAsync(pipeline, destination, claimed, claim, reply);
        await failPoints.HitAsync(FailPoints.ResultJournaled);
        return written is null ? null : new SentOrder(reply, written);
    }

    /// <summary>
    /// Losing this reply would lose the outcome, so retry storage errors until the lease expires.
    /// </summary>
    private async Task<JournalEntry?> RecordWithRetryAsync(
        Pipeline pipeline, IDestination destination, JournalEntry entry, Claim claim, DeliveryReply reply)
    {
        while (true)
        {
            try
            {
                return await RecordAsync(pipeline, destination, entry, claim, reply, CancellationToken.None);
            }
            catch (Exception e) when (StorageErrors.IsTransient(e) && time.GetUtcNow() < claim.LeaseUntil)
            {
                Log.RetryingRecord(logger, entry.Operation.Id, destination.Name, e.GetType().Name);
                await Task.Delay(BetweenWrites, time, CancellationToken.None);
            }
        }
    }

    /// <summary>Writes a reply under the claim; null when the claim has a result already, or another owner.</summary>
    public async Task<JournalEntry?> RecordAsync(
        Pipeline pipeline, IDestination destination, JournalEntry entry, Claim claim, DeliveryReply reply, CancellationToken cancellationToken)
    {
        var policy = destination.Policy(pipeline);
        while (true)
        {
            var isSold = entry.Operation.DeliveryTo(destination.Name) is { } delivery && delivery.State.IsSold();
            if (isSold)
            {
                // A postback or an operator recorded a result first; a sale is final, even after a late refusal.
                Log.ResultNotOurs(logger, entry.Operation.Id, destination.Name, reply.Outcome, reply.OrderId);
            }

            var next = isSold
                ? DeliveryResults.KeepLate(entry.Operation, destination.Name, reply, time.GetUtcNow())
                : DeliveryResults.Apply(entry.Operation, destination.Name, policy, reply, time.GetUtcNow(), jitter.Next());
            var result = claim with
            {
                Result = next.DeliveryTo(destination.Name)!.State.AsClaimResult(),
                LeftNothing = reply.LeftNothing,
                OrderId = reply.OrderId ?? claim.OrderId,
                ReplyStatus = reply.Status,
            };
            if (await journal.UpdateAsync(entry, next, result, cancellationToken) is { } written)
            {
                return written.Entry;
            }

            // A postback or a repeated webhook may have changed the operation. While the claim is unchanged and open, write the result.
            var now = await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken);
            if (now is not null && (now.Owner, now.Result, now.OrderId, now.ReplyStatus) == (result.Owner, result.Result, result.OrderId, result.ReplyStatus))
            {
                // The storage client retried a write whose reply was lost, and found its own row.
                return await journal.ReadAsync(entry.Operation.Id, cancellationToken);
            }

            if (now is null || now.Owner != claim.Owner || !(now.Result is null || (now.Result == ClaimResult.Uncertain && IsDefinite(reply))))
            {
                Log.ResultNotOurs(logger, entry.Operation.Id, destination.Name, reply.Outcome, reply.OrderId);
                return null;
            }

            claim = now;
            entry = await journal.ReadAsync(entry.Operation.Id, cancellationToken)
                ?? throw new InvalidOperationException($"{entry.Operation.Id} disappeared from the journal while its order was being sent.");
        }
    }

    /// <summary>
    /// The process that sends a claimed order writes its result. The message waits until the lease ends; if there is still no result then,
    /// <paramref name="settle"/> writes one. It also settles a claim of a send that the operation does not know. False when a race was lost.
    /// </summary>
    public async Task<bool> InspectAsync(
        IDestination destination, JournalEntry entry, StageMessage message, Func<Claim, Task<bool>> settle, CancellationToken cancellationToken)
    {
        var delivery = entry.Operation.DeliveryTo(destination.Name)!;
        // A restored journal may lack the claim of an order that was in flight when it was exported; writing this one inserts the row.
        var claim = await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken)
            ?? new Claim { Destination = destination.Name, Owner = "", LeaseUntil = default, Sends = delivery.Sends };
        if (claim.Result is null && claim.LeaseUntil > time.GetUtcNow())
        {
            await outbox.DeferAsync(destination.Queue, message, claim.LeaseUntil, cancellationToken);
            return true;
        }

        // The claim and the operation change in one batch, so reading again shows what happened in between. If the operation is still the one that was
        // read, an import brought the claim alone: reading again would show the same for ever, and what is written under the operation's ETag tells the two apart.
        return (delivery.State == DeliveryState.Sending ? claim.Result is null : claim.Sends > delivery.Sends) && await settle(claim);
    }

    private async Task<(JournalEntry? Entry, Claim? Claim)> ClaimAsync(
        Pipeline pipeline, IDestination destination, DeliveryPolicy policy, JournalEntry entry, StageMessage message, CancellationToken cancellationToken)
    {
        var delivery = entry.Operation.DeliveryTo(destination.Name)!;
        var former = delivery.Sends > 0 ? await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken) : null;
        if (former?.Sends > delivery.Sends)
        {
            // Another process was first, or an import brought this claim: InspectAsync tells which.
            return (null, null);
        }

        var now = time.GetUtcNow();
        var lease = 2 * policy.Timeout;
        var claim = new Claim
        {
            Destination = destination.Name,
            Owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            LeaseUntil = now + lease,
            Lease = lease,
            Sends = delivery.Sends + 1,
            OrderId = former?.OrderId,
            ETag = former?.ETag ?? default,
        };
        var sending = (entry.Operation with { Revision = pipeline.Revision })
            .With(delivery with { State = DeliveryState.Sending, Sends = claim.Sends, NextTryAt = claim.LeaseUntil, Revision = pipeline.Revision })
            .WithEvent(now, EventNames.Claimed, claim.Sends > 1 ? $"send {claim.Sends}" : null, message.Attempt, destination.Name);
        try
        {
            if (await journal.UpdateAsync(entry, sending, claim, cancellationToken) is { } written)
            {
                return (written.Entry, written.Claim);
            }
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            // The write may have succeeded, and only this process knows that nothing was sent under this claim.
            Log.ClaimUnconfirmed(logger, entry.Operation.Id, destination.Name, e.GetType().Name);
        }

        return await FindOwnAsync(destination, entry, claim, cancellationToken);
    }

    /// <summary>
    /// Finds the claim if a write succeeded without a reply: the storage client retries such a write and finds its own row. Retries
    /// storage errors until the lease expires.
    /// </summary>
    private async Task<(JournalEntry? Entry, Claim? Claim)> FindOwnAsync(
        IDestination destination, JournalEntry entry, Claim claim, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var found = await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken);
                // The owner's lease began before the write, not when a late answer to this read arrived.
                return found?.Owner == claim.Owner
                    ? (await journal.ReadAsync(entry.Operation.Id, cancellationToken), found with { LeaseUntil = claim.LeaseUntil })
                    : (null, null);
            }
            catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested && time.GetUtcNow() < claim.LeaseUntil)
            {
                await Task.Delay(BetweenWrites, time, cancellationToken);
            }
        }
    }

    /// <summary>Retried while the claim is ours: a concurrent webhook that appends to the story must not turn an unused claim into an uncertain delivery.</summary>
    private async Task ReleaseClaimAsync(IDestination destination, DeliveryPolicy policy, JournalEntry entry, Claim claim, CancellationToken cancellationToken)
    {
        Log.LeaseTooShort(logger, entry.Operation.Id, destination.Name);
        while (entry.Operation.DeliveryTo(destination.Name) is { State: DeliveryState.Sending } delivery)
        {
            var back = entry.Operation.With(delivery with { State = delivery.MayHaveArrived && policy.Uncertain == UncertainPolicy.Resend ? DeliveryState.UncertainResending : DeliveryState.Enriched, NextTryAt = time.GetUtcNow() });
            if (await journal.UpdateAsync(entry, back, claim with { Result = ClaimResult.Waiting, LeftNothing = true }, cancellationToken) is not null
                || await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken) is not { Result: null } now
                || now.Owner != claim.Owner
                || await journal.ReadAsync(entry.Operation.Id, cancellationToken) is not { } read)
            {
                return;
            }

            (claim, entry) = (now, read);
        }
    }

    /// <summary>A definite reply replaces an uncertain result that was recorded while the order was in flight.</summary>
    private static bool IsDefinite(DeliveryReply reply) =>
        reply.Outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Duplicate or DeliveryOutcome.Rejected;

    private static partial class Log
    {
        [LoggerMessage(1214, LogLevel.Warning, "{Operation} to {Destination}: the claim was written without a reply ({Cause}); reading the claim")]
        public static partial void ClaimUnconfirmed(ILogger logger, OperationId operation, string destination, string cause);

        [LoggerMessage(1213, LogLevel.Warning, "{Operation} to {Destination}: the reply could not be written yet ({Cause}); retrying until the lease expires")]
        public static partial void RetryingRecord(ILogger logger, OperationId operation, string destination, string cause);

        [LoggerMessage(1211, LogLevel.Warning, "{Operation} to {Destination}: the reply {Outcome} (order {OrderId}) arrived after the claim had a result or another owner; the journal keeps the earlier result")]
        public static partial void ResultNotOurs(ILogger logger, OperationId operation, string destination, DeliveryOutcome outcome, string? orderId);

        [LoggerMessage(1212, LogLevel.Warning, "{Operation} to {Destination}: half of the lease passed before the order was sent; claiming again")]
        public static partial void LeaseTooShort(ILogger logger, OperationId operation, string destination);
    }
}
