using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.OperationsFunction.Failures;

/// <summary>
/// Processes the poison queues and records failures in the journal. Deliberately dead-lettered messages are recorded already,
/// messages that the platform dead-lettered after crashes are recorded now, and foreign messages are stored unchanged. Then an operator is notified.
/// </summary>
public sealed partial class FailureRecorder(
    JournalStore journal,
    UnreadableMessages unreadable,
    StageQueues queues,
    IEnumerable<IDestination> destinations,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<FailureRecorder> logger) : IFailureRecorder
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    /// <summary>The kinds that a record of an unknown kind may turn out to be.</summary>
    private static readonly RecordKind[] KnownKinds = [RecordKind.Lead, RecordKind.Request];

    /// <inheritdoc/>
    public async Task RunAsync(string queue, QueueMessage message, CancellationToken cancellationToken)
    {
        var body = MessageBody.Decode(message.Body);
        var arrivedAt = message.InsertedOn ?? time.GetUtcNow();
        try
        {
            await RecordAsync(queue, arrivedAt, body, cancellationToken);
        }
        catch (Azure.RequestFailedException e) when (!StorageErrors.IsTransient(e))
        {
            // Storage rejects the message's content: keep its bytes instead, or it would be redelivered forever.
            await KeepUnreadableAsync(queue, arrivedAt, body, $"cannot be written to the journal (storage answered {e.Status})", cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            // A poison queue has no poison queue of its own, so after a few failures the message would be lost: schedule a retry here.
            Log.NotWritten(logger, queue, e.GetType().Name);
            await queues.SendBodyAsync(queue + QueueNames.PoisonSuffix, body, time.GetUtcNow() + Later, cancellationToken);
        }
    }

    private async Task RecordAsync(string queue, DateTimeOffset arrivedAt, BinaryData body, CancellationToken cancellationToken)
    {
        if (StageMessageJson.Read(body, out var problem) is not { } message)
        {
            await KeepUnreadableAsync(queue, arrivedAt, body, problem ?? "is unreadable", cancellationToken);
            return;
        }

        while (true)
        {
            var (exists, entry) = await journal.FindAsync(message.OperationId(), cancellationToken);
            if (entry is null && (exists ? message.OperationId() : await FindUnreadableAsync(message, cancellationToken)) is { } row)
            {
                // The failure cannot be recorded in such a row: without this the message would return for ever, and no operator would be notified.
                await KeepUnreadableAsync(queue, arrivedAt, body, $"belongs to {row}, whose row in the journal this version of the app cannot read", cancellationToken);
                return;
            }

            var next = entry is null
                ? await UnknownAsync(message, cancellationToken)
                : await NextAsync(queue, entry.Operation, message, cancellationToken);
            if (next is null)
            {
                return;
            }

            var written = entry is null
                ? await journal.InsertAsync(next, cancellationToken) is not null
                : ReferenceEquals(next, entry.Operation) || await journal.UpdateAsync(entry, next, null, cancellationToken) is not null;
            if (written)
            {
                await failPoints.HitAsync(FailPoints.FailureJournaled);
                // Each destination's failure is reported separately, even if another's is worse.
                var (state, error) = DeliveryOf(queue, next) is { } delivery ? (delivery.State.Shown(), delivery.Error) : (next.State, next.Error);
                Meters.Failure(queue, error?.Code ?? ErrorCodes.Crashed);
                // A rejected record is routine work for an operator; anything else may mean a defect.
                var level = state == OperationState.Rejected ? LogLevel.Warning : LogLevel.Error;
                Log.NeedsOperator(logger, level, next.Id, state, error?.Code, error?.Message);
                return;
            }
        }
    }

    private async Task KeepUnreadableAsync(string queue, DateTimeOffset arrivedAt, BinaryData body, string problem, CancellationToken cancellationToken)
    {
        await unreadable.KeepAsync(queue, arrivedAt, body, problem, cancellationToken);
        await failPoints.HitAsync(FailPoints.UnreadableKept);
        Meters.Failure(queue, ErrorCodes.Unreadable);
        Log.Unreadable(logger, queue, problem);
    }

    /// <summary>The operation with its failure; the same operation if the failure is already recorded; null when the message is stale.</summary>
    private async Task<Operation?> NextAsync(string queue, Operation operation, StageMessage message, CancellationToken cancellationToken)
    {
        if (queue == QueueNames.UonRecords && RunId.Compare(message.Run, operation.Run) > 0)
        {
            // A newer webhook never reached the journal: without this, its lead would stay in its old state unnoticed.
            return FailedOperations.BeginsAgain(operation) ? FailedOperations.Crashed(operation, message, time.GetUtcNow()) : null;
        }

        var delivery = DeliveryOf(queue, operation);
        if (delivery is not null && delivery.State.NeedsOperator())
        {
            // This holds for any run or attempt of the message: it changes nothing and only reports.
            return operation;
        }

        if (message.Run != operation.Run)
        {
            return null;
        }

        if (queue == QueueNames.UonRecords)
        {
            return operation.Enrichment switch
            {
                EnrichmentState.Failed when message.Attempt == operation.Attempt => operation,
                EnrichmentState.Waiting when message.Attempt == operation.Attempt => FailedOperations.Crashed(operation, time.GetUtcNow()),
                _ => null,
            };
        }

        if (delivery is null || operation.IsResting(delivery) || delivery.Attempt != message.Attempt)
        {
            return null;
        }

        switch (delivery.State)
        {
            case DeliveryState.Enriched or DeliveryState.Waiting or DeliveryState.UncertainResending:
                return FailedOperations.Crashed(operation, delivery, time.GetUtcNow());
            case DeliveryState.Sending:
                var claim = await journal.ReadClaimAsync(operation.Id, delivery.Destination, cancellationToken);
                if (claim is { Result: null } && claim.LeaseUntil > time.GetUtcNow())
                {
                    await queues.SendAsync(queue + QueueNames.PoisonSuffix, message, claim.LeaseUntil, cancellationToken);
                    return null;
                }

                return FailedOperations.MarkUncertain(operation, delivery, time.GetUtcNow());
            default:
                return null;
        }
    }

    private Delivery? DeliveryOf(string queue, Operation operation) =>
        destinations.FirstOrDefault(d => d.Queue == queue) is { } destination ? operation.DeliveryTo(destination.Name) : null;

    /// <summary>The operation that a record of an unknown kind may have become, and whose row this version cannot read.</summary>
    private async Task<OperationId?> FindUnreadableAsync(StageMessage message, CancellationToken cancellationToken)
    {
        foreach (var id in message.Kind == RecordKind.Auto ? KnownKinds.Select(kind => message.OperationId() with { Kind = kind }) : [])
        {
            if (await journal.FindAsync(id, cancellationToken) is { Exists: true, Entry: null })
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>A message whose operation was never written: the first attempt crashed each time.</summary>
    private async Task<Operation?> UnknownAsync(StageMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind == RecordKind.Auto)
        {
            foreach (var kind in KnownKinds)
            {
                if (await journal.ReadAsync(message.OperationId() with { Kind = kind }, cancellationToken) is { } found
                    && RunId.Compare(found.Operation.Run, message.Run) >= 0)
                {
                    return null;
                }
            }
        }

        return FailedOperations.Unknown(message, time.GetUtcNow());
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1401, Message = "{Operation} needs an operator: {State} {Code}. {Reason}")]
        public static partial void NeedsOperator(ILogger logger, LogLevel level, OperationId operation, OperationState state, string? code, string? reason);

        [LoggerMessage(1402, LogLevel.Error, "A message on {Queue} {Problem}. Its bytes are kept; see the operations list, state Failed")]
        public static partial void Unreadable(ILogger logger, string queue, string? problem);

        [LoggerMessage(1403, LogLevel.Warning, "A failure from {Queue} could not be written ({Cause}); trying again in a minute")]
        public static partial void NotWritten(ILogger logger, string queue, string cause);
    }
}
