using System.Globalization;
using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>The index rows match the operations exactly.</summary>
internal static class IndexRows
{
    public static IEnumerable<string> Wrong(World world, IReadOnlyList<OperationRow> operations)
    {
        var expected = operations.SelectMany(Keys).ToHashSet(StringComparer.Ordinal);
        var found = Rows.OfJournal(world)
            .Where(r => r.Key.StartsWith("s|", StringComparison.Ordinal) || r.Key.StartsWith("t|", StringComparison.Ordinal))
            .Select(r => r.Key.StartsWith("t|", StringComparison.Ordinal) ? $"{r.Partition} t {r.Key.Split('|')[^1]}" : $"{r.Partition} {r.Key.Split('|')[1]} {r.Key.Split('|')[^1]}")
            .ToList();
        return found.Where(f => !expected.Contains(f)).Select(f => $"There is an index row that no operation has: {f}.")
            .Concat(expected.Except(found, StringComparer.Ordinal).Select(e => $"An index row is missing: {e}."));
    }

    /// <summary>The time row, and a row for each state except Delivered that any part of the operation is in.</summary>
    private static IEnumerable<string> Keys(OperationRow operation)
    {
        var id = operation.RecordId.ToString("D18", CultureInfo.InvariantCulture);
        yield return $"{operation.Row.Partition} t {id}";
        var states = operation.Deliveries.Where(d => !IsResting(operation, d)).Select(d => d.State);
        if (operation.Enrichment != "Enriched" || operation.Deliveries.Count == 0)
        {
            states = states.Append(operation.Enrichment);
        }

        foreach (var state in states.Distinct(StringComparer.Ordinal).Where(s => s != "Delivered"))
        {
            yield return $"{operation.Row.Partition} {state} {id}";
        }
    }

    /// <summary>Deliveries that a running enrichment serves have no rows of their own; after the world has settled, none is running.</summary>
    private static bool IsResting(OperationRow operation, DeliveryRow delivery) =>
        operation.IsUnderWay && delivery.State is not ("Delivered" or "Duplicate" or "Sending" or "Uncertain" or "Unconfirmed" or "Discarded");
}
