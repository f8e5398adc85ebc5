using System.Collections.Immutable;

namespace UonOfferum.Shared.Operations;

/// <summary>
/// The delivery that reports outcomes. Unlike an order it is never done for good: each new outcome opens it again, and it carries all that
/// were not told yet. Pure.
/// </summary>
public static class Reports
{
    /// <summary>Adds an outcome to tell. What is in flight stays so: its answer says which outcomes it told, and the rest goes next.</summary>
    public static Operation Open(Operation operation, string destination, OutcomeReport report)
    {
        if (operation.DeliveryTo(destination) is not { } known)
        {
            return operation.With(new Delivery { Destination = destination, State = DeliveryState.Enriched, Attempt = 1, Reports = [report] });
        }

        var pending = (known.Reports ?? []).RemoveAll(r => r.Outcome == report.Outcome).Add(report);
        return operation.With(known.State.IsOpen() ? known with { Reports = pending } : Again(known, pending));
    }

    /// <summary>The delivery once more, with what is still to tell.</summary>
    public static Delivery Again(Delivery delivery, ImmutableList<OutcomeReport> pending) => delivery with
    {
        State = DeliveryState.Enriched,
        // A message of the former attempt may still be in the queue.
        Attempt = delivery.Attempt + 1,
        Tries = 0,
        NextTryAt = null,
        Error = null,
        Reports = pending,
    };

    /// <summary>What an answer leaves to tell.</summary>
    /// <param name="delivery">As it is now: an outcome may have come while the call was under way.</param>
    /// <param name="told">What the call told.</param>
    public static ImmutableList<OutcomeReport> Left(Delivery delivery, IReadOnlyList<OutcomeReport> told) =>
        (delivery.Reports ?? []).RemoveAll(r => told.Contains(r));
}
