using System.Globalization;
using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Bench.Simulate;

/// <summary>Runs the simulation of <c>tests/Simulation</c> with as many seeds as one likes.</summary>
internal static class SimulateCommand
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    public static BenchCommand Definition { get; } = new(
        "simulate",
        """
          The real services in simulated worlds: each seed is a history of kills, faults, late and repeated messages, judged at its end.
            --seeds 2000     how many
            --seed 1         the first one
            --threads N      as many at a time; default: the processors
            --story          prints the history of --seed, whatever came of it
            --twice          runs them all twice and compares the digests
            --mutations      plants deliberate bugs, one at a time, in a copy of the sources; each has to be found within --seeds (default 20000)
        """,
        RunAsync);

    private static async Task<int> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        arguments.RefuseUnknown("seeds", "seed", "threads", "story", "twice", "mutations", "only");
        if (arguments.Has("mutations"))
        {
            return await Mutations.RunAsync(arguments.Number("seeds", 20_000, 1), arguments.Text("only"), cancellationToken);
        }

        var (first, count) = ((ulong)arguments.Number("seed", 1), arguments.Number("seeds", 2_000, 1));
        if (arguments.Has("story"))
        {
            Console.WriteLine(Report.Story(SeedRun.Run(first, new RunOptions { KeepsHistory = true })));
            return 0;
        }

        var batch = Run(first, count, arguments, cancellationToken);
        Console.WriteLine(Report.Of(batch));
        if (arguments.Has("twice"))
        {
            var again = Run(first, count, arguments, cancellationToken);
            Console.WriteLine(again.Digest == batch.Digest ? "The second run did the same." : string.Create(CultureInfo.InvariantCulture, $"The second run differs: digest {again.Digest:x16}."));
            return again.Digest == batch.Digest && batch.Failures.Count == 0 ? 0 : 1;
        }

        return batch.Failures.Count == 0 ? 0 : 1;
    }

    private static BatchResult Run(ulong first, int count, BenchArguments arguments, CancellationToken cancellationToken)
    {
        var (time, next) = (TimeProvider.System, BetweenLines);
        var started = time.GetTimestamp();
        return Batch.Run(first, count, new RunOptions(), stopAfter: 20, arguments.Has("threads") ? arguments.Number("threads", 1, 1) : null, ran =>
        {
            if (time.GetElapsedTime(started) is var elapsed && elapsed > next)
            {
                next = elapsed + BetweenLines;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ran:N0} of {count:N0} seeds after {elapsed:hh\\:mm\\:ss}"));
            }
        }, cancellationToken);
    }
}
