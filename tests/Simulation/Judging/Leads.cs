using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>No accepted lead is lost, and none waits for something that will never happen.</summary>
internal static class Leads
{
    public static IEnumerable<string> Lost(World world, Actors actors, IReadOnlyList<OperationRow> operations)
    {
        var known = operations.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var accepted in actors.Accepted.Distinct(StringComparer.Ordinal))
        {
            var found = known.Contains(accepted)
                || (accepted.Contains("/auto/", StringComparison.Ordinal) && new[] { "lead", "request" }.Any(k => known.Contains(accepted.Replace("auto", k, StringComparison.Ordinal))));
            if (!found)
            {
                yield return $"{accepted} was accepted and the journal does not know it.";
            }
        }

        foreach (var operation in operations.Where(o => o.Enrichment == "Enriched" && !actors.Actions.Exists(a => a.Action.Operation is null || a.Action.Operation == o.Id)))
        {
            foreach (var destination in world.Scenario.Pipelines.First(p => p.Name == operation.Pipeline).Destinations)
            {
                // A record read while a destination is missing from the settings is not sent there.
                if (!operation.Deliveries.Any(d => d.Destination == destination.Name) && !world.EverGone.Contains(new Gone(operation.Pipeline, destination.Name)))
                {
                    yield return $"{operation.Id} was read and has no delivery to {destination.Name}.";
                }
            }
        }
    }

    /// <summary>A record whose webhook never came is found by reconcile.</summary>
    public static IEnumerable<string> NotFound(Actors actors, IReadOnlyList<OperationRow> operations)
    {
        var known = operations.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        return actors.Records.Where(r => !known.Contains(r)).Select(r => $"{r} is in the cabinet, and nothing found it.");
    }

    /// <summary>Every operation that waits for an operator raised an alert.</summary>
    public static IEnumerable<string> Untold(World world, IReadOnlyList<OperationRow> operations)
    {
        foreach (var operation in operations)
        {
            foreach (var delivery in operation.Deliveries.Where(d => d.State is "Rejected" or "Failed" or "Unconfirmed" or "Uncertain"))
            {
                var queue = delivery.Destination == WriteBacks.Destination ? "uon-updates" : $"{delivery.Destination}-orders";
                if (!world.Platform.Told.Contains($"{queue}-poison {operation.Id}"))
                {
                    yield return $"{operation.Id} to {delivery.Destination} is {delivery.State}, and nobody was told.";
                }
            }
        }
    }

    /// <summary>A replay or a backfill ends.</summary>
    public static IEnumerable<string> BulkRunsLeft(World world) =>
        Rows.OfJournal(world).Where(r => r.Partition is "replays" or "backfills" && r.TextOf("State") == "Running").Select(r => $"{r.Partition} {r.Key} still runs.");

    public static IEnumerable<string> StillOpen(IReadOnlyList<OperationRow> operations)
    {
        foreach (var operation in operations)
        {
            if (operation.IsInProgress)
            {
                yield return $"{operation.Id} rests in {operation.Enrichment}: its enrichment has neither a message nor a sweep.";
            }

            foreach (var delivery in operation.Deliveries.Where(d => d.IsOpen))
            {
                yield return $"{operation.Id} to {delivery.Destination} rests in {delivery.State}: it has neither a message nor a sweep.";
            }
        }
    }
}
