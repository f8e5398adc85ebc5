using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Enrichment;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.StateMachine;

/// <summary>
/// The stages' order of durable steps around the pure rules, as in RecordEnricher, DeliveryStage, DeliveryAttempt, FailureRecorder,
/// OperatorService and BreakerRecovery. What each yields is where it may be killed.
/// </summary>
internal sealed class Stages(World world)
{
    private static readonly UonSettings Uon = TestUonSettings.For(new Uri("http://127.0.0.1/"), "uon-test-key") with
    {
        WaitFor = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)],
        Retry = [TimeSpan.FromSeconds(7)],
    };

    private readonly Journal _journal = world.Journal;

    public IEnumerable<string> Enrich(StageMessage message, bool redelivered)
    {
        var known = message.Attempt > 1 || redelivered || !IsFresh(message) ? _journal.Read() : null;
        yield return "read";
        EnrichOutcome? outcome = null;
        while (true)
        {
            if (known is not null)
            {
                var step = EnrichSteps.Next(known.Operation, message, world.Now);
                var works = step is EnrichStep.Work or EnrichStep.Begin
                    || (step == EnrichStep.BeginIfChanged
                        && (outcome is null
                            || (outcome is EnrichOutcome.Ready && (known.Operation.State != OperationState.Rejected || !outcome.Fields.KeepingEdits(known.Operation.Fields).SameAs(known.Operation.Fields)))));
                if (!works)
                {
                    if (Settle(step, known, message, outcome))
                    {
                        yield return "settled";
                        yield break;
                    }

                    known = _journal.Read();
                    yield return "noted nothing";
                    continue;
                }
            }

            if (outcome is null)
            {
                outcome = world.Outside.Look();
                yield return $"looked: {outcome.GetType().Name}";
                continue;
            }

            var begun = EnrichResults.Begin(known?.Operation, message, message.OperationId(), world.Now);
            var next = EnrichResults.Apply(begun, outcome, Uon, world.Destinations, world.Now, 0);
            if (_journal.Write(known, next) is null)
            {
                known = _journal.Read();
                yield return "lost a race";
                continue;
            }

            yield return "journaled";
            if (next.Enrichment == EnrichmentState.Failed)
            {
                GiveUp(QueueNames.UonRecords, message);
            }

            foreach (var outboxMessage in Outbox.Of(next))
            {
                world.Keep([outboxMessage]);
                yield return "enqueued";
            }

            yield break;
        }
    }

    public IEnumerable<string> Deliver(Named destination, StageMessage message)
    {
        while (true)
        {
            var entry = _journal.Read();
            Assert.NotNull(entry);
            yield return "read";
            switch (DeliverySteps.Next(entry.Operation, destination.Name, message, world.Now))
            {
                case DeliveryStep.Drop:
                    yield break;
                case DeliveryStep.Republish:
                    world.Keep(Outbox.Of(entry.Operation).Where(p => p.Destination == destination.Name));
                    yield break;
                case DeliveryStep.GiveUp:
                    GiveUp(destination.Queue, message);
                    yield break;
                case DeliveryStep.Inspect:
                    var seen = _journal.ReadClaim(destination.Name);
                    if (seen is { Result: null } && seen.LeaseUntil > world.Now)
                    {
                        world.Send(destination.Queue, message, seen.LeaseUntil);
                        yield break;
                    }

                    if (seen is { Result: null } && Record(entry, seen, new DeliveryReply(DeliveryOutcome.Uncertain) { Detail = "It stopped" }) is { } inspected)
                    {
                        yield return "inspected";
                        Finish(destination, inspected, DeliveryOutcome.Uncertain, message);
                        yield break;
                    }

                    break;
                case DeliveryStep.Send when world.Outside.OpenBreakers.Contains(destination.Name):
                    if (_journal.Write(entry, Hold(entry.Operation, destination.Name)) is not null)
                    {
                        yield break;
                    }

                    break;
                case DeliveryStep.Send:
                    if (Claim(entry, destination.Name, message) is not var (claimed, claim))
                    {
                        yield return "lost the claim";
                        break;
                    }

                    yield return "claimed";
                    if (claim.LeaseUntil - world.Now < world.Policy.Timeout)
                    {
                        GiveBack(claimed, claim);
                        yield return "gave the claim back";
                        break;
                    }

                    Assert.False(_journal.Operation!.DeliveryTo(destination.Name)!.State.IsSold(), "sold, and sent again");
                    var reply = world.Outside.Post(destination.Name);
                    yield return $"posted: {reply.Outcome}";
                    if (Record(claimed, claim, reply) is { } written)
                    {
                        yield return "recorded";
                        Finish(destination, written, reply.Outcome, message);
                        yield return "finished";
                        yield break;
                    }

                    break;
            }
        }
    }

    public IEnumerable<string> RecordFailure(string queue, StageMessage message)
    {
        while (true)
        {
            var entry = _journal.Read();
            yield return "read";
            var next = entry is null ? FailedOperations.Unknown(message, world.Now) : Failure(queue, entry.Operation, message);
            if (next is null)
            {
                yield break;
            }

            if (ReferenceEquals(next, entry?.Operation) || _journal.Write(entry, next) is not null)
            {
                yield return "failure journaled";
                var told = world.Destinations.SingleOrDefault(d => d.Queue == queue) is { } destination ? next.DeliveryTo(destination.Name) : null;
                world.Alerts.Add((queue, next.Run, told?.Attempt ?? next.Attempt));
                yield break;
            }
        }
    }

    public IEnumerable<string> Operator()
    {
        OperatorAction action = world.Script.Choose(5) switch
        {
            0 => new OperatorAction.ReplayEnrich(null),
            1 => new OperatorAction.ReplaySend(null),
            2 => new OperatorAction.Edit(Some.Fields(("client_name", "Мария")), null),
            3 => new OperatorAction.Discard(null, null),
            _ => new OperatorAction.ResolveDelivered("5", null, null),
        };
        string? run = null;
        while (true)
        {
            var entry = _journal.Read()!;
            if (entry.Operation.Run == run)
            {
                // Our own write, whose answer was lost.
                world.Keep(Outbox.Of(entry.Operation));
                yield break;
            }

            run = world.NewRun();
            var next = ActionRules.Apply(entry.Operation, action, world.Destinations.Select(d => d.Name), run, world.Now).Next;
            yield return $"{action.GetType().Name}{(next is null ? " refused" : "")}";
            if (next is null)
            {
                yield break;
            }

            if (_journal.Write(entry, next) is null && !_journal.AnswerLost)
            {
                continue;
            }

            foreach (var delivery in entry.Operation.Deliveries.Where(d => d.IsInDoubt() && Resends(action, d)))
            {
                world.SentInDoubt[delivery.Destination] = world.SentInDoubt.GetValueOrDefault(delivery.Destination) + 1;
            }

            if (_journal.AnswerLost)
            {
                continue;
            }

            yield return "journaled";
            world.Keep(Outbox.Of(next));
            yield break;
        }
    }

    /// <summary>To fetch again is no word on a doubt, but for one that was discarded.</summary>
    private static bool Resends(OperatorAction action, Delivery delivery) => action switch
    {
        OperatorAction.ReplaySend or OperatorAction.Edit => true,
        OperatorAction.ReplayEnrich => !delivery.State.Rule().IsInDoubt,
        _ => false,
    };

    public IEnumerable<string> Release()
    {
        if (_journal.Read() is { } entry
            && UonOfferum.OperationsFunction.Sweep.Release.Apply(entry.Operation, breaker => !world.Outside.OpenBreakers.Contains(breaker), "uon", world.NewRun(), world.Now) is { } next)
        {
            yield return "released";
            if (_journal.Write(entry, next) is not null)
            {
                yield return "journaled";
                world.Keep(Outbox.Of(next));
            }
            else if (_journal.AnswerLost)
            {
                world.OutboxMessageLost();
            }
        }
    }

    private bool IsFresh(StageMessage message) => message.Webhook is { } webhook && world.Now - webhook.ReceivedAt < TimeSpan.FromMinutes(10);

    /// <summary>False when somebody wrote in between and it has to be evaluated again.</summary>
    private bool Settle(EnrichStep step, Entry known, StageMessage message, EnrichOutcome? outcome)
    {
        switch (step)
        {
            case EnrichStep.Republish:
                world.Keep(Outbox.Of(known.Operation));
                return true;
            case EnrichStep.GiveUp:
                GiveUp(QueueNames.UonRecords, message);
                return true;
            case EnrichStep.BeginIfChanged when IsFresh(message)
                && outcome is EnrichOutcome.Unavailable or EnrichOutcome.Throttled or EnrichOutcome.NotYet or EnrichOutcome.Hold:
                world.Send(QueueNames.UonRecords, message, world.Now + TimeSpan.FromSeconds(7));
                return true;
            case EnrichStep.Note or EnrichStep.BeginIfChanged:
                return _journal.Write(known, known.Operation.WithEvent(world.Now, EventNames.Webhook)) is not null;
            default:
                return true;
        }
    }

    private (Entry Claimed, Claim Claim)? Claim(Entry entry, string destination, StageMessage message)
    {
        var delivery = entry.Operation.DeliveryTo(destination)!;
        var former = delivery.Sends > 0 ? _journal.ReadClaim(destination) : null;
        var claim = new Claim
        {
            Destination = destination,
            Owner = world.NewOwner(),
            LeaseUntil = world.Now + 2 * world.Policy.Timeout,
            Sends = (former?.Sends ?? 0) + 1,
            ETag = former?.ETag ?? default,
        };
        var sending = entry.Operation
            .With(delivery with { State = DeliveryState.Sending, Sends = claim.Sends, NextTryAt = claim.LeaseUntil })
            .WithEvent(world.Now, EventNames.Claimed, null, message.Attempt);
        if (_journal.Write(entry, sending, claim) is { Claim: { } written } won)
        {
            return (won.Entry, written);
        }

        var found = _journal.ReadClaim(destination);
        return found?.Owner == claim.Owner ? (_journal.Read()!, found) : null;
    }

    private void GiveBack(Entry entry, Claim claim)
    {
        var delivery = entry.Operation.DeliveryTo(claim.Destination)!;
        var state = delivery.MayHaveArrived ? DeliveryState.UncertainResending : DeliveryState.Enriched;
        _journal.Write(entry, entry.Operation.With(delivery with { State = state, NextTryAt = world.Now }), claim with { Result = ClaimResult.Waiting });
    }

    private Operation? Record(Entry entry, Claim claim, DeliveryReply reply)
    {
        while (true)
        {
            var next = DeliveryResults.Apply(entry.Operation, claim.Destination, world.Policy, reply, world.Now, 0);
            if (_journal.Write(entry, next, claim with { Result = next.DeliveryTo(claim.Destination)!.State.AsClaimResult() }) is not null)
            {
                return next;
            }

            var now = _journal.ReadClaim(claim.Destination);
            var definite = reply.Outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Duplicate or DeliveryOutcome.Rejected;
            if (now is null || now.Owner != claim.Owner || !(now.Result is null || (now.Result == ClaimResult.Uncertain && definite)))
            {
                return null;
            }

            (claim, entry) = (now, _journal.Read()!);
            if (entry.Operation.DeliveryTo(claim.Destination)!.State.IsSold())
            {
                return null;
            }
        }
    }

    private void Finish(Named destination, Operation operation, DeliveryOutcome outcome, StageMessage message)
    {
        if (outcome == DeliveryOutcome.Misconfigured)
        {
            world.Outside.OpenBreakers.Add(destination.Name);
        }

        var delivery = operation.DeliveryTo(destination.Name)!;
        if (delivery.State.NeedsOperator())
        {
            GiveUp(destination.Queue, message);
        }
        else if (Outbox.Of(operation, delivery) is { } outboxMessage)
        {
            world.Keep([outboxMessage]);
        }
    }

    private Operation Hold(Operation operation, string destination)
    {
        var delivery = operation.DeliveryTo(destination)!;
        return operation
            .With(delivery with { State = DeliveryState.Held, NextTryAt = null, Error = new OperationError(ErrorCodes.Denied(destination), "Held.", destination) })
            .WithEvent(world.Now, EventNames.Held, null, delivery.Attempt);
    }

    private Operation? Failure(string queue, Operation operation, StageMessage message)
    {
        if (queue == QueueNames.UonRecords && RunId.Compare(message.Run, operation.Run) > 0)
        {
            return FailedOperations.BeginsAgain(operation) ? FailedOperations.Crashed(operation, message, world.Now) : null;
        }

        var delivery = world.Destinations.SingleOrDefault(d => d.Queue == queue) is { } destination ? operation.DeliveryTo(destination.Name) : null;
        if (delivery is not null && delivery.State.NeedsOperator())
        {
            return operation;
        }

        if (message.Run != operation.Run)
        {
            return null;
        }

        if (queue == QueueNames.UonRecords)
        {
            return message.Attempt != operation.Attempt ? null
                : operation.Enrichment == EnrichmentState.Failed ? operation
                : operation.Enrichment == EnrichmentState.Waiting ? FailedOperations.Crashed(operation, world.Now)
                : null;
        }

        if (delivery is null || delivery.Attempt != message.Attempt)
        {
            return null;
        }

        switch (delivery.State)
        {
            case DeliveryState.Enriched or DeliveryState.Waiting or DeliveryState.UncertainResending:
                return FailedOperations.Crashed(operation, delivery, world.Now);
            case DeliveryState.Sending:
                if (_journal.ReadClaim(delivery.Destination) is { Result: null } claim && claim.LeaseUntil > world.Now)
                {
                    world.Send(queue + QueueNames.PoisonSuffix, message, claim.LeaseUntil);
                    return null;
                }

                return FailedOperations.MarkUncertain(operation, delivery, world.Now);
            default:
                return null;
        }
    }

    private void GiveUp(string queue, StageMessage message) => world.Send(queue + QueueNames.PoisonSuffix, message);
}
