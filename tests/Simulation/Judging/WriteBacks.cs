using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>The record in the cabinet has each outcome once, and none that is not in the journal.</summary>
internal static class WriteBacks
{
    public const string Destination = "uon-write";

    public static IEnumerable<string> Wrong(World world, Actors actors, IReadOnlyList<OperationRow> operations)
    {
        var writing = world.Scenario.Pipelines.Where(p => p.WritesBack).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var operation in operations.Where(o => writing.Contains(o.Pipeline)))
        {
            var notes = world.Outside.Cabinet.NotesOf(operation.RecordId) ?? "";
            var marks = notes.Split('[').Skip(1).Select(part => part.Split(']')[0]).Where(mark => mark.StartsWith(operation.Id + " ", StringComparison.Ordinal)).ToList();
            foreach (var twice in marks.GroupBy(mark => mark, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                yield return $"The record of {operation.Id} has the note [{twice.Key}] {twice.Count()} times.";
            }

            var writeBack = operation.Deliveries.FirstOrDefault(d => d.Destination == Destination);
            if (writeBack is { State: "Delivered" } && marks.Count == 0
                && !world.Outside.Cabinet.Disturbed.Contains(operation.RecordId) && !Orders.IsActedOn(actors, operation.Id, Destination))
            {
                yield return $"{operation.Id} says that the outcome is written to U-ON, and the record has no note.";
            }

            if (writeBack is null && operation.Deliveries.Any(d => d.Destination == "offerum" && d.State is "Delivered" or "Duplicate" or "Rejected"))
            {
                yield return $"{operation.Id} is sold or refused, and nothing was to tell U-ON.";
            }
        }
    }
}
