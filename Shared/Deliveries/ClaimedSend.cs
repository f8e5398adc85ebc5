using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Deliveries;

/// <summary>What a claimed send came to, as it stands in the journal.</summary>
public sealed record SentOrder(DeliveryReply Reply, JournalEntry Entry);

/// <summary>
/// The one place that sends: claims the delivery in the journal, sends, writes the result under the claim. Whatever happens in
/// between, the next reader of the claim can tell.
/// </summary>
public sealed partial class ClaimedSend(JournalStore journal, PausePoints pause, TimeProvider time, ILogger<ClaimedSend> logger)
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);

    /// <summary>Null when a race was lost before anything was sent.</summary>
    public async Task<SentOrder?> RunAsync(
        Pipeline pipeline, IDestination destination, JournalEntry entry, StageMessage message, CancellationToken cancellationToken)
    {
        var policy = destination.Policy(pipeline);
        var (claimed, claim) = await ClaimAsync(destination, policy, entry, message, cancellationToken);
        if (claimed is null || claim is null)
        {
            return null;
        }

        await pause.ReachAsync(PausePoints.Claimed);
        if (claim.LeaseUntil - time.GetUtcNow() < policy.Timeout)
        {
            // The send could outlive its lease. Give the claim back as never used, and be judged again.
            await GiveBackAsync(destination, claimed, claim, cancellationToken);
            return null;
        }

        // An order under way is never cut off by a shutdown: its own timeout bounds it.
        var reply = await destination.SendAsync(pipeline, claimed.Operation, CancellationToken.None);
        await pause.ReachAsync(PausePoints.Posted);
        var written = await InsistAsync(pipeline, destination, claimed, claim, reply);
        await pause.ReachAsync(PausePoints.ResultJournaled);
        return written is null ? null : new SentOrder(reply, written);
    }

    /// <summary>
    /// An answer that is not written down is an order of which nobody knows. While the lease lasts, storage trouble is outwaited.
    /// </summary>
    private async Task<JournalEntry?> InsistAsync(
        Pipeline pipeline, IDestination destination, JournalEntry entry, Claim claim, DeliveryReply reply)
    {
        while (true)
        {
            try
            {
                return await RecordAsync(pipeline, destination, entry, claim, reply, CancellationToken.None);
            }
            catch (Exception e) when (StorageTrouble.Is(e) && time.GetUtcNow() < claim.LeaseUntil)
            {
                Log.Insisting(logger, entry.Operation.Id, destination.Name, e.GetType().Name);
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
            var next = DeliveryResults.Apply(entry.Operation, destination.Name, policy, reply, time.GetUtcNow(), Random());
            var result = claim with
            {
                Result = next.DeliveryTo(destination.Name)!.State,
                OrderId = reply.OrderId ?? claim.OrderId,
                ReplyStatus = reply.Status,
            };
            if (await journal.UpdateAsync(entry, next, result, cancellationToken) is { } written)
            {
                return written.Entry;
            }

            // A postback or a repeated webhook may have touched the operation. As long as the claim is the same and open, the result is ours to write.
            var now = await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken);
            if (now is not null && (now.Owner, now.Result, now.OrderId, now.ReplyStatus) == (result.Owner, result.Result, result.OrderId, result.ReplyStatus))
            {
                // It is written: the storage client repeated a write whose answer was lost, and met its own.
                return await journal.ReadAsync(entry.Operation.Id, cancellationToken);
            }

            if (now is null || now.Owner != claim.Owner || !(now.Result is null || (now.Result == OperationState.Uncertain && IsDefinite(reply))))
            {
                Log.ResultNotOurs(logger, entry.Operation.Id, destination.Name, reply.Outcome, reply.OrderId);
                return null;
            }

            claim = now;
            entry = await journal.ReadAsync(entry.Operation.Id, cancellationToken)
                ?? throw new InvalidOperationException($"{entry.Operation.Id} vanished from the journal while its order was being sent.");
            if (entry.Operation.DeliveryTo(destination.Name) is { State: var state } && state.IsSold())
            {
                // A postback or a person knew it first; nothing leads out of sold, not even a late refusal.
                Log.ResultNotOurs(logger, entry.Operation.Id, destination.Name, reply.Outcome, reply.OrderId);
                return null;
            }
        }
    }

    private async Task<(JournalEntry? Entry, Claim? Claim)> ClaimAsync(
        IDestination destination, DeliveryPolicy policy, JournalEntry entry, StageMessage message, CancellationToken cancellationToken)
    {
        var delivery = entry.Operation.DeliveryTo(destination.Name)!;
        var former = delivery.Sends > 0 ? await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken) : null;
        var now = time.GetUtcNow();
        var claim = new Claim
        {
            Destination = destination.Name,
            Owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            LeaseUntil = now + 2 * policy.Timeout,
            Sends = (former?.Sends ?? 0) + 1,
            OrderId = former?.OrderId,
            ETag = former?.ETag ?? default,
        };
        var sending = entry.Operation
            .With(delivery with { State = OperationState.Sending, Sends = claim.Sends, NextTryAt = claim.LeaseUntil })
            .Tell(now, EventNames.Claimed, claim.Sends > 1 ? $"send {claim.Sends}" : null, message.Attempt, destination.Name);
        try
        {
            if (await journal.UpdateAsync(entry, sending, claim, cancellationToken) is { } written)
            {
                return (written.Entry, written.Claim);
            }
        }
        catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            // It may have been written all the same, and only this process knows that nothing was sent under it.
            Log.ClaimUnheard(logger, entry.Operation.Id, destination.Name, e.GetType().Name);
        }

        return await FindOwnAsync(destination, entry, claim, cancellationToken);
    }

    /// <summary>
    /// The claim, if it was written without our hearing so: the storage client repeats a write whose answer was lost, and meets its
    /// own. While the lease lasts, storage trouble is outwaited.
    /// </summary>
    private async Task<(JournalEntry? Entry, Claim? Claim)> FindOwnAsync(
        IDestination destination, JournalEntry entry, Claim claim, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var found = await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken);
                return found?.Owner == claim.Owner
                    ? (await journal.ReadAsync(entry.Operation.Id, cancellationToken), found)
                    : (null, null);
            }
            catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested && time.GetUtcNow() < claim.LeaseUntil)
            {
                await Task.Delay(BetweenWrites, time, cancellationToken);
            }
        }
    }

    private async Task GiveBackAsync(IDestination destination, JournalEntry entry, Claim claim, CancellationToken cancellationToken)
    {
        var delivery = entry.Operation.DeliveryTo(destination.Name)!;
        var back = entry.Operation.With(delivery with { State = delivery.Doubtful ? OperationState.Uncertain : OperationState.Enriched, NextTryAt = time.GetUtcNow() });
        await journal.UpdateAsync(entry, back, claim with { Result = OperationState.Waiting }, cancellationToken);
        Log.LeaseTooShort(logger, entry.Operation.Id, destination.Name);
    }

    /// <summary>An answer ends a doubt that somebody noted while it was on its way.</summary>
    private static bool IsDefinite(DeliveryReply reply) =>
        reply.Outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Duplicate or DeliveryOutcome.Rejected;

    // Spreads retries; nothing secret depends on it.
    private static double Random() => RandomNumberGenerator.GetInt32(1000) / 1000d;

    private static partial class Log
    {
        [LoggerMessage(1214, LogLevel.Warning, "{Operation} to {Destination}: whether the claim was written could not be heard ({Cause}); reading it")]
        public static partial void ClaimUnheard(ILogger logger, Records.OperationId operation, string destination, string cause);

        [LoggerMessage(1213, LogLevel.Warning, "{Operation} to {Destination}: the answer could not be written yet ({Cause}); insisting while the lease lasts")]
        public static partial void Insisting(ILogger logger, Records.OperationId operation, string destination, string cause);

        [LoggerMessage(1211, LogLevel.Warning, "{Operation} to {Destination}: the answer {Outcome} (order {OrderId}) came after the claim had a result or another owner; the journal keeps the earlier one")]
        public static partial void ResultNotOurs(ILogger logger, Records.OperationId operation, string destination, DeliveryOutcome outcome, string? orderId);

        [LoggerMessage(1212, LogLevel.Warning, "{Operation} to {Destination}: half of the lease had gone before the order was sent; claiming again")]
        public static partial void LeaseTooShort(ILogger logger, Records.OperationId operation, string destination);
    }
}
