using Microsoft.Extensions.Logging;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// One message of a delivery queue, whatever the destination: read the journal, claim, send, write the result, enqueue the
/// next message. Returns when the message may be completed; throws only for unexpected errors.
/// </summary>
public sealed partial class DeliveryStage(
    PipelineCatalog pipelines,
    JournalStore journal,
    PreSendChecks checks,
    SkippedDeliveries skipped,
    RetiredDeliveries retired,
    DeliveryAttempt attempt,
    ModerationNotices notices,
    CircuitBreakerPolicy breakers,
    HalfOpenLimiter limiter,
    OutboxSender outbox,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<DeliveryStage> logger)
{
    /// <summary>How long a message waits in the function for a permit while a destination has not accepted an order yet.</summary>
    private static readonly TimeSpan PermitWait = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PermitRetryDelay = TimeSpan.FromSeconds(5), StorageRetryDelay = TimeSpan.FromSeconds(30);

    /// <remarks>A shutdown cancels only the wait for a permit: an interrupted message returns only after <c>visibilityTimeout</c>.</remarks>
    public async Task RunAsync(IDestination destination, StageMessage message, CancellationToken stopping)
    {
        var cancellationToken = CancellationToken.None;
        var current = pipelines.Current; // One snapshot, so that a message is processed under one revision, whatever is published in the meantime.
        if (current.MustWait(message.Pipeline))
        {
            await outbox.DeferAsync(destination.Queue, message, time.GetUtcNow() + InvalidPipeline.RecheckAfter, cancellationToken);
            return;
        }

        try
        {
            if (current.TryFind(message.Pipeline, out var pipeline) && destination.Serves(pipeline))
            {
                await DeliverAsync(pipeline, destination, message, stopping);
            }
            else
            {
                await retired.HoldAsync(destination, message, cancellationToken);
            }
        }
        catch (Exception e) when (StorageErrors.IsTransient(e))
        {
            // A storage outage is not this lead's failure: without this the platform would dead-letter the message after a few minutes.
            Log.StorageUnavailable(logger, message.OperationId(), destination.Name, e.GetType().Name);
            await outbox.DeferAsync(destination.Queue, message, time.GetUtcNow() + StorageRetryDelay, cancellationToken);
        }
    }

    private async Task DeliverAsync(Pipeline pipeline, IDestination destination, StageMessage message, CancellationToken stopping)
    {
        using var activity = Traces.Stage(destination.Name, message);
        using var permit = await AcquireAsync(pipeline, destination, stopping);
        if (permit is null)
        {
            var again = stopping.IsCancellationRequested ? TimeSpan.Zero : PermitRetryDelay;
            await outbox.DeferAsync(destination.Queue, message, time.GetUtcNow() + again, CancellationToken.None);
            return;
        }

        while (!await TryAsync(pipeline, destination, message, permit, CancellationToken.None))
        {
            // Another writer won the race: read and decide again.
        }
    }

    private async ValueTask<HalfOpenLimiter.Permit?> AcquireAsync(Pipeline pipeline, IDestination destination, CancellationToken stopping)
    {
        try
        {
            return await limiter.AcquireAsync(pipeline.Name, destination.Name, PermitWait, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>False when a race was lost and the message must be evaluated again.</summary>
    private async Task<bool> TryAsync(
        Pipeline pipeline, IDestination destination, StageMessage message, HalfOpenLimiter.Permit permit, CancellationToken cancellationToken)
    {
        var id = message.OperationId();
        var entry = await journal.ReadAsync(id, cancellationToken) ?? throw new InvalidOperationException($"{id} is not in the journal, although its message is on {destination.Queue}. Replay it from U-ON.");
        switch (DeliverySteps.Next(entry.Operation, destination.Name, message, time.GetUtcNow()))
        {
            case DeliveryStep.Drop:
                Log.Dropped(logger, id, destination.Name, entry.Operation.State, message.Attempt);
                await outbox.SendAsync(ReportsOf(entry.Operation, destination), cancellationToken);
                return true;
            case DeliveryStep.Republish:
                await outbox.SendAsync(OutboxMessagesOf(entry.Operation, destination), cancellationToken);
                return true;
            case DeliveryStep.GiveUp:
                await outbox.SendAsync(ReportsOf(entry.Operation, destination), cancellationToken);
                await outbox.DeadLetterAsync(destination.Queue, message, cancellationToken);
                return true;
            case DeliveryStep.Inspect:
                return await attempt.InspectAsync(
                    destination, entry, message, claim => AbandonAsync(pipeline, destination, entry, claim, message, cancellationToken), cancellationToken);
            case DeliveryStep.Send when await checks.FindAsync(pipeline, destination, entry.Operation, cancellationToken) is { } obstacle:
                return await PostponeAsync(pipeline, destination, entry, obstacle, message, cancellationToken);
            case DeliveryStep.Send:
                return await attempt.RunAsync(pipeline, destination, entry, message, cancellationToken) is { } sent
                    ? await FinishAsync(pipeline, destination, sent.Reply, sent.Entry, message, permit, cancellationToken)
                    : await attempt.InspectAsync(
                        destination, entry, message, claim => PostponeAsync(pipeline, destination, entry, new PreSend.Doubt(claim), message, cancellationToken), cancellationToken);
            default:
                throw new InvalidOperationException("Not a delivery step.");
        }
    }

    /// <summary>False when a race was lost.</summary>
    private async Task<bool> AbandonAsync(
        Pipeline pipeline, IDestination destination, JournalEntry entry, Claim claim, StageMessage message, CancellationToken cancellationToken)
    {
        var reply = new DeliveryReply(DeliveryOutcome.Uncertain) { Detail = "The process stopped after claiming the order, so it is unknown whether it was sent" };
        var written = await attempt.RecordAsync(pipeline, destination, entry, claim, reply, cancellationToken);
        return written is not null && await FinishAsync(pipeline, destination, reply, written, message, permit: null, cancellationToken);
    }

    /// <summary>False when a race was lost.</summary>
    private async Task<bool> PostponeAsync(
        Pipeline pipeline, IDestination destination, JournalEntry entry, PreSend obstacle, StageMessage message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (obstacle is PreSend.Wait wait && wait.IsShort(now))
        {
            await outbox.DeferAsync(destination.Queue, message, wait.Until, cancellationToken);
            return true;
        }

        var worked = entry.Operation.With(entry.Operation.DeliveryTo(destination.Name)! with { Revision = pipeline.Revision });
        var next = PreSendResults.Apply(worked, destination.Name, obstacle, now);
        if (await journal.UpdateAsync(entry, next, null, cancellationToken) is null)
        {
            return false;
        }

        switch (obstacle)
        {
            case PreSend.Hold:
                await failPoints.HitAsync(FailPoints.HeldJournaled);
                break;
            case PreSend.Doubt or PreSend.NoData:
                await outbox.DeadLetterAsync(destination.Queue, message, cancellationToken);
                break;
            case PreSend.Skip skip:
                Traces.Ended(OperationState.Skipped, skip.Code, now - next.ReceivedAt);
                Log.Skipped(logger, next.Id, destination.Name, skip.Code, skip.Owner, message.Attempt);
                break;
            default:
                await outbox.SendAsync(OutboxMessagesOf(next, destination), cancellationToken);
                break;
        }

        return true;
    }

    private async Task<bool> FinishAsync(
        Pipeline pipeline, IDestination destination, DeliveryReply reply, JournalEntry entry, StageMessage message, HalfOpenLimiter.Permit? permit, CancellationToken cancellationToken)
    {
        var operation = entry.Operation;
        var delivery = operation.DeliveryTo(destination.Name)!;
        if (reply.Outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Duplicate or DeliveryOutcome.Rejected)
        {
            permit?.MarkHealthy();
        }

        if (permit is not null)
        {
            // Without a permit nothing was sent: the interruption says nothing about the destination.
            await breakers.RecordReplyAsync(pipeline, destination.Name, operation.Id, reply, cancellationToken);
        }

        if (reply.NeedsAttention && await notices.AddAsync(pipeline.Name, destination.Name, cancellationToken))
        {
            Log.NeedsAttention(logger, pipeline.Name, destination.Name, reply.Detail);
        }

        await outbox.SendAsync(ReportsOf(operation, destination), cancellationToken);
        Meters.Delivery(destination.Name, delivery.State.Shown(), destination.IsReport ? null : operation.ReceivedAt, time.GetUtcNow());
        Traces.Ended(delivery.State.Shown(), delivery.Error?.Code, time.GetUtcNow() - operation.ReceivedAt);
        Log.Finished(logger, operation.Id, destination.Name, delivery.State.Shown(), delivery.OrderId, reply.Status, message.Attempt);
        if (delivery.State.NeedsOperator())
        {
            await failPoints.HitAsync(FailPoints.GivenUpJournaled);
            await outbox.DeadLetterAsync(destination.Queue, message, cancellationToken);
            await failPoints.HitAsync(FailPoints.GivenUpQueued);
            await skipped.ReevaluateAfterAsync(pipeline, destination, operation, cancellationToken);
            return true;
        }

        if (Outbox.Of(operation, delivery) is { } next)
        {
            await outbox.SendAsync([next], cancellationToken);
            await failPoints.HitAsync(FailPoints.RetryQueued);
        }

        return true;
    }

    /// <summary>The messages that report an order's result; a report delivery sends its own messages.</summary>
    private static IEnumerable<OutboxMessage> ReportsOf(Operation operation, IDestination destination) => destination.IsReport ? [] : Outbox.OfReports(operation);

    private static IEnumerable<OutboxMessage> OutboxMessagesOf(Operation operation, IDestination destination) =>
        Outbox.Of(operation).Where(m => m.Destination == destination.Name);

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Debug, "{Operation} to {Destination}: message of attempt {Attempt} is ignored, the operation is {State}")]
        public static partial void Dropped(ILogger logger, OperationId operation, string destination, OperationState state, int attempt);

        [LoggerMessage(1205, LogLevel.Information, "{Operation} to {Destination}: skipped, {Code}, {Owner} covers it for this account, attempt {Attempt}")]
        public static partial void Skipped(
            ILogger logger, OperationId operation, string destination, string code, OperationId owner, int attempt);

        [LoggerMessage(1204, LogLevel.Error, "{Pipeline} to {Destination}: orders are accepted, but an operator should check: {Reason}")]
        public static partial void NeedsAttention(ILogger logger, string pipeline, string destination, string? reason);

        [LoggerMessage(1203, LogLevel.Warning, "{Operation} to {Destination}: the journal does not answer ({Cause}); trying again in half a minute")]
        public static partial void StorageUnavailable(ILogger logger, OperationId operation, string destination, string cause);

        [LoggerMessage(1202, LogLevel.Information, "{Operation} to {Destination}: {State}, order {OrderId}, HTTP {Status}, attempt {Attempt}")]
        public static partial void Finished(
            ILogger logger, OperationId operation, string destination, OperationState state, string? orderId, int? status, int attempt);
    }
}
