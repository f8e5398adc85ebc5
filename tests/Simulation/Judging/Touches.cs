using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>An operator's action changes only its target: checked at each write, by comparing the row before and after.</summary>
internal static class Touches
{
    private static readonly string[] NeverFetchedAgain = ["Delivered", "Duplicate", "Sending", "Uncertain", "Unconfirmed", "Discarded"];

    public static IEnumerable<string> Wrong(NamedAction? action, StoredRow? before, StoredRow? after)
    {
        if (action is null || before is null || after is null || !before.Key.StartsWith("r|", StringComparison.Ordinal))
        {
            yield break;
        }

        var (was, now) = (new OperationRow(before), new OperationRow(after));
        foreach (var delivery in was.Deliveries)
        {
            var then = now.Deliveries.FirstOrDefault(d => d.Destination == delivery.Destination);
            // A write-back follows the orders: a new outcome reopens it.
            var follows = delivery.Destination == WriteBacks.Destination && action.Destination != WriteBacks.Destination && then?.State == "Enriched";
            if (then == delivery || follows)
            {
                continue;
            }

            if (delivery.State is "Delivered" or "Duplicate")
            {
                yield return $"{action.Name} changed what is sold: {was.Id} to {delivery.Destination} was {delivery.State}.";
            }
            else if (!IsNamed(action, was, delivery))
            {
                yield return $"{action.Name} of {was.Id} ({action.Destination ?? "no destination named"}) touched {delivery.Destination}, which was {delivery.State} while the operation showed {before.TextOf("State")}.";
            }
            else if (action is { Destination: null, Name: "replay-send" or "edit" } && was.Deliveries.Count(d => d.Destination != WriteBacks.Destination) > 1 && delivery.State is "Uncertain" or "Unconfirmed" or "Held" or "Discarded" && then?.State == "Enriched")
            {
                yield return $"{action.Name} of {was.Id} sends {delivery.Destination} again, which was {delivery.State} and not named.";
            }
        }
    }

    private static bool IsNamed(NamedAction action, OperationRow was, DeliveryRow delivery)
    {
        if (action.Destination is { } name)
        {
            return delivery.Destination == name;
        }

        var shown = was.Row.TextOf("State");
        return delivery.State == shown || (was.Enrichment == shown && IsFetchedFor(was, delivery));
    }

    /// <summary>The record is being read for this delivery, which shows the enrichment's state. A replay that names a destination reads only for that one, whatever its state.</summary>
    private static bool IsFetchedFor(OperationRow was, DeliveryRow delivery) => was.Row.TextOf("FetchFor") is { } names
        ? names.Split(',').Contains(delivery.Destination, StringComparer.Ordinal)
        : !NeverFetchedAgain.Contains(delivery.State, StringComparer.Ordinal);
}
