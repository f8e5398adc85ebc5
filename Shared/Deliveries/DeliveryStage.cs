using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// One message of a delivery queue, whatever the destination: read the journal, claim, send, write the result, promise what
/// follows. Returns when the message may be completed; throws only for what nobody expected.
/// </summary>
public sealed partial class DeliveryStage(
    PipelineCatalog pipelines,
    JournalStore journal,
    Persons persons,
    ClaimedSend claimedSend,
    GateKeeper gates,
    Proving proving,
    PromiseSender promises,
    PausePoints pause,
    TimeProvider time,
    ILogger<DeliveryStage> logger)
{
    /// <summary>How long a message waits in the function for its turn while a destination is unproven.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>One call a process for each flow that needs a look.</summary>
    private readonly ConcurrentDictionary<(string Pipeline, string Destination), byte> _attentionCalled = new();

    private static readonly TimeSpan LaterTurn = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterStorageTrouble = TimeSpan.FromSeconds(30);

    public async Task RunAsync(IDestination destination, StageMessage message, CancellationToken cancellationToken)
    {
        if (pipelines.TryFindInvalid(message.Pipeline, out _))
        {
            await promises.AgainAsync(destination.Queue, message, time.GetUtcNow() + InvalidPipeline.LookAgain, cancellationToken);
            return;
        }

        var pipeline = pipelines.Get(message.Pipeline);
        using var activity = Traces.Stage(destination.Name, message);
        using var turn = await proving.EnterAsync(pipeline.Name, destination.Name, Patience, cancellationToken);
        if (turn is null)
        {
            await promises.AgainAsync(destination.Queue, message, time.GetUtcNow() + LaterTurn, cancellationToken);
            return;
        }

        try
        {
            while (!await TryAsync(pipeline, destination, message, turn, cancellationToken))
            {
                // Somebody else wrote in between: read and decide again.
            }
        }
        catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            // Expected trouble, and not this lead's: the platform would give the message up after a few minutes of it.
            Log.StorageTrouble(logger, message.OperationId(), destination.Name, e.GetType().Name);
            await promises.AgainAsync(destination.Queue, message, time.GetUtcNow() + AfterStorageTrouble, cancellationToken);
        }
    }

    /// <summary>False when a race was lost and the message has to be judged again.</summary>
    private async Task<bool> TryAsync(
        Pipeline pipeline, IDestination destination, StageMessage message, Proving.Turn turn, CancellationToken cancellationToken)
    {
        var id = message.OperationId();
        var entry = await journal.ReadAsync(id, cancellationToken)
            ?? throw new InvalidOperationException($"{id} is not in the journal, although its message is on {destination.Queue}. Replay it from U-ON.");
        switch (DeliverySteps.Next(entry.Operation, destination.Name, message, time.GetUtcNow()))
        {
            case DeliveryStep.Drop:
                Log.Dropped(logger, id, destination.Name, entry.Operation.State, message.Attempt);
                return true;
            case DeliveryStep.KeepPromise:
                await promises.SendAsync(PromiseOf(entry.Operation, destination), cancellationToken);
                return true;
            case DeliveryStep.GiveUp:
                await promises.GiveUpAsync(destination.Queue, message, cancellationToken);
                return true;
            case DeliveryStep.Inspect:
                return await InspectAsync(destination, pipeline, entry, message, cancellationToken);
            case DeliveryStep.Send when await gates.ClosedAsync(pipeline, destination.Name, cancellationToken) is { } gate:
                return await HoldAsync(destination, entry, gate, cancellationToken);
            case DeliveryStep.Send when await destination.EnterAsync(pipeline, cancellationToken) is { } later:
                await promises.AgainAsync(destination.Queue, message, later, cancellationToken);
                return true;
            case DeliveryStep.Send when await persons.OtherSellerAsync(pipeline, destination, entry.Operation, cancellationToken) is { } seller:
                return await SkipAsync(destination, entry, seller, message, cancellationToken);
            case DeliveryStep.Send:
                return await claimedSend.RunAsync(pipeline, destination, entry, message, cancellationToken) is { } sent
                    && await FinishAsync(pipeline, destination, sent.Reply, sent.Entry, message, turn, cancellationToken);
            default:
                throw new InvalidOperationException("Not a delivery step.");
        }
    }

    private async Task<bool> InspectAsync(
        IDestination destination, Pipeline pipeline, JournalEntry entry, StageMessage message, CancellationToken cancellationToken)
    {
        var claim = await journal.ReadClaimAsync(entry.Operation.Id, destination.Name, cancellationToken);
        if (claim is null || claim.Result is not null)
        {
            // The claim and the operation change in one batch, so a second reading shows what happened in between.
            return false;
        }

        if (claim.LeaseUntil > time.GetUtcNow())
        {
            await promises.AgainAsync(destination.Queue, message, claim.LeaseUntil, cancellationToken);
            return true;
        }

        var reply = new DeliveryReply(DeliveryOutcome.Uncertain) { Detail = "The process stopped after claiming the order, so nobody knows whether it was sent" };
        var written = await claimedSend.RecordAsync(pipeline, destination, entry, claim, reply, cancellationToken);
        return written is not null && await FinishAsync(pipeline, destination, reply, written, message, turn: null, cancellationToken);
    }

    private async Task<bool> HoldAsync(IDestination destination, JournalEntry entry, Gate gate, CancellationToken cancellationToken)
    {
        var delivery = entry.Operation.DeliveryTo(destination.Name)!;
        var held = entry.Operation
            .With(delivery with
            {
                State = OperationState.Held,
                NextTryAt = null,
                Error = gate.IsPause ? null : new OperationError(gate.Code!, gate.Message ?? "", destination.Name),
            })
            .Tell(time.GetUtcNow(), EventNames.Held, delivery, gate.Message);
        if (await journal.UpdateAsync(entry, held, null, cancellationToken) is null)
        {
            return false;
        }

        await pause.ReachAsync(PausePoints.HeldJournaled);
        return true;
    }

    private async Task<bool> SkipAsync(
        IDestination destination, JournalEntry entry, Records.OperationId seller, StageMessage message, CancellationToken cancellationToken)
    {
        var delivery = entry.Operation.DeliveryTo(destination.Name)!;
        var words = $"{seller} has this phone, too, and is the one that is sold there. If it comes to nothing, fetch this one again.";
        var skipped = entry.Operation
            .With(delivery with { State = OperationState.Skipped, NextTryAt = null, Error = new OperationError(ErrorCodes.SamePerson, words, destination.Name) })
            .Tell(time.GetUtcNow(), EventNames.Skipped, delivery, words);
        if (await journal.UpdateAsync(entry, skipped, null, cancellationToken) is null)
        {
            return false;
        }

        Traces.Ended(OperationState.Skipped, ErrorCodes.SamePerson, time.GetUtcNow() - entry.Operation.ReceivedAt);
        Log.SamePerson(logger, entry.Operation.Id, destination.Name, seller, message.Attempt);
        return true;
    }

    private async Task<bool> FinishAsync(
        Pipeline pipeline,
        IDestination destination,
        DeliveryReply reply,
        JournalEntry entry,
        StageMessage message,
        Proving.Turn? turn,
        CancellationToken cancellationToken)
    {
        var operation = entry.Operation;
        var delivery = operation.DeliveryTo(destination.Name)!;
        if (reply.Outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Duplicate or DeliveryOutcome.Rejected)
        {
            turn?.Prove();
        }

        if (turn is not null)
        {
            // Without a turn nothing was sent: a process that was killed says nothing about the destination.
            await gates.LearnAsync(pipeline, destination.Name, operation.Id, reply, cancellationToken);
        }

        if (reply.NeedsAttention && _attentionCalled.TryAdd((pipeline.Name, destination.Name), 0))
        {
            Log.NeedsAttention(logger, pipeline.Name, destination.Name, reply.Detail);
        }

        Meters.Delivery(destination.Name, delivery.State, operation.ReceivedAt, time.GetUtcNow());
        Traces.Ended(delivery.State, delivery.Error?.Code, time.GetUtcNow() - operation.ReceivedAt);
        Log.Finished(logger, operation.Id, destination.Name, delivery.State, delivery.OrderId, reply.Status, message.Attempt);
        if (DeliveryResults.NeedsPerson(delivery))
        {
            await pause.ReachAsync(PausePoints.GivenUpJournaled);
            await promises.GiveUpAsync(destination.Queue, message, cancellationToken);
            await pause.ReachAsync(PausePoints.GivenUpQueued);
            return true;
        }

        if (Promises.Of(operation, delivery) is { } promise)
        {
            await promises.SendAsync([promise], cancellationToken);
            await pause.ReachAsync(PausePoints.RetryQueued);
        }

        return true;
    }

    private static IEnumerable<Promise> PromiseOf(Operation operation, IDestination destination) =>
        Promises.Of(operation).Where(p => p.Destination == destination.Name);

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Debug, "{Operation} to {Destination}: message of attempt {Attempt} has nothing to do, the operation is {State}")]
        public static partial void Dropped(ILogger logger, Records.OperationId operation, string destination, OperationState state, int attempt);

        [LoggerMessage(1205, LogLevel.Information, "{Operation} to {Destination}: skipped, {Seller} is the same person, attempt {Attempt}")]
        public static partial void SamePerson(
            ILogger logger, Records.OperationId operation, string destination, Records.OperationId seller, int attempt);

        [LoggerMessage(1204, LogLevel.Error, "{Pipeline} to {Destination}: orders are taken, but a person should look: {Reason}")]
        public static partial void NeedsAttention(ILogger logger, string pipeline, string destination, string? reason);

        [LoggerMessage(1203, LogLevel.Warning, "{Operation} to {Destination}: the journal does not answer ({Cause}); trying again in half a minute")]
        public static partial void StorageTrouble(ILogger logger, Records.OperationId operation, string destination, string cause);

        [LoggerMessage(1202, LogLevel.Information, "{Operation} to {Destination}: {State}, order {OrderId}, HTTP {Status}, attempt {Attempt}")]
        public static partial void Finished(
            ILogger logger, Records.OperationId operation, string destination, OperationState state, string? orderId, int? status, int attempt);
    }
}
