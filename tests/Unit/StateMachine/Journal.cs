using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.StateMachine;

/// <summary>The operation as it was read, and the version under which it may be changed.</summary>
internal sealed record Entry(Operation Operation, int Version);

/// <summary>
/// The journal of one operation with its claims, written under versions as the table is under ETags. Checks with each write what
/// must always hold.
/// </summary>
internal sealed class Journal(Script script)
{
    private readonly Dictionary<string, Claim> _claims = [];
    private Entry? _entry;
    private int _versions;

    /// <summary>The last write was done, and its answer lost.</summary>
    public bool AnswerLost { get; private set; }

    public Operation? Operation => _entry?.Operation;

    public Entry? Read() => _entry;

    public Claim? ReadClaim(string destination) => _claims.GetValueOrDefault(destination);

    /// <summary>Null when somebody else wrote in between; or when the write was done and its answer lost.</summary>
    public (Entry Entry, Claim? Claim)? Write(Entry? current, Operation next, Claim? claim = null)
    {
        AnswerLost = false;
        if (_entry?.Version != current?.Version
            || (claim is not null && (_claims.GetValueOrDefault(claim.Destination)?.ETag ?? default) != claim.ETag))
        {
            return null;
        }

        if (_entry is not null)
        {
            Rules.CheckStep(_entry.Operation, next);
        }

        Rules.CheckRest(next);
        _entry = new Entry(next, ++_versions);
        if (claim is not null)
        {
            claim = claim with { ETag = new Azure.ETag($"{_versions}") };
            _claims[claim.Destination] = claim;
        }

        AnswerLost = script.Choose(20) == 19;
        return AnswerLost ? null : (_entry, claim);
    }
}

/// <summary>What must hold of every operation that is written.</summary>
internal static class Rules
{
    /// <summary>Every unfinished delivery has an outbox message, a hold or an operator.</summary>
    public static void CheckRest(Operation operation)
    {
        if (operation.Enrichment != EnrichmentState.Enriched)
        {
            Assert.True(
                operation.Enrichment is EnrichmentState.Held or EnrichmentState.Failed or EnrichmentState.Skipped or EnrichmentState.Discarded
                || Outbox.Of(operation).Any(),
                $"{operation.Enrichment} waits for nothing");
            return;
        }

        Assert.NotEmpty(operation.Deliveries);
        foreach (var delivery in operation.Deliveries)
        {
            Assert.True(
                delivery.State.IsSold()
                || delivery.State is DeliveryState.Held or DeliveryState.Discarded
                || delivery.State.NeedsOperator()
                || Outbox.Of(operation, delivery) is not null,
                $"{delivery.State} waits for nothing");
        }
    }

    public static void CheckStep(Operation before, Operation after)
    {
        Assert.Equal(before.ReceivedAt, after.ReceivedAt);
        Assert.True(RunId.Compare(before.Run, after.Run) <= 0, "an older run came into force");
        Assert.True(before.Run != after.Run || before.Attempt <= after.Attempt, "attempts went back within a run");
        Assert.Equal(before.Events, after.Events.Take(before.Events.Count));
        foreach (var sold in before.Deliveries.Where(d => d.State.IsSold()))
        {
            Assert.Equal(sold, after.DeliveryTo(sold.Destination));
        }
    }
}
