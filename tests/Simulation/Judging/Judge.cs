using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>
/// Checks a world after it has settled, by what the outside saw and what the tables contain; it uses none of the app's code, which
/// would repeat the same error.
/// </summary>
internal static class Judge
{
    /// <summary>Once nothing is in progress.</summary>
    public static IEnumerable<string> Rested(World world, Actors actors)
    {
        var operations = Rows.OfOperations(world).ToList();
        return
        [
            .. Settled(world, actors, operations),
            .. Once.Wrong(world, actors, operations),
            .. PostbackRows.Wrong(world, actors, operations),
        ];
    }

    /// <summary>Once everything is older than the retention of personal data.</summary>
    public static IEnumerable<string> Aged(World world, Actors actors) =>
    [
        .. PersonalData.Left(world, actors),
        // Redaction removes the phones' rows with the phones, and counts nothing.
        .. IndexRows.Wrong(world, [.. Rows.OfOperations(world)]),
        .. HourCounters.Wrong(world, actors.Ledger),
    ];

    /// <summary>Once nothing is in progress any more of what came after the retention: nobody remembers then who was sold to, or which postback was kept.</summary>
    public static IEnumerable<string> RestedAgain(World world, Actors actors) => Settled(world, actors, [.. Rows.OfOperations(world)]);

    private static IEnumerable<string> Settled(World world, Actors actors, IReadOnlyList<OperationRow> operations) =>
    [
        .. Leads.Lost(world, actors, operations),
        .. Leads.StillOpen(operations),
        .. Leads.Untold(world, operations),
        .. Orders.Untrue(world, actors, operations),
        .. Orders.Repeated(world, actors),
        .. Orders.Unparsed(world, actors),
        .. IndexRows.Wrong(world, operations),
        .. actors.Touched,
        .. Orders.Unproved(actors, operations),
        .. Leads.NotFound(actors, operations),
        .. Leads.BulkRunsLeft(world),
        .. WriteBacks.Wrong(world, actors, operations),
        .. HourCounters.Wrong(world, actors.Ledger),
    ];
}
