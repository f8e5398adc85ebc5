using System.Globalization;
using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation;

/// <summary>
/// The real services, killed and disturbed at every step; docs/reliability.md says what is judged. SIMULATION_SEEDS, SIMULATION_FIRST,
/// SIMULATION_THREADS and SIMULATION_STOP (after so many failures) run other seeds than these, or more at a time; SIMULATION_STORIES names a folder for the histories of those that fail.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 300;

    [Fact]
    public void No_seed_loses_or_repeats_a_lead()
    {
        var seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? Seeds.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var first = ulong.Parse(Environment.GetEnvironmentVariable("SIMULATION_FIRST") ?? "1", CultureInfo.InvariantCulture);
        // One at a time leaves the other processors to the tests of the other programs, which wait for real processes.
        var threads = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_THREADS") ?? "1", CultureInfo.InvariantCulture);
        var stop = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_STOP") ?? "12", CultureInfo.InvariantCulture);

        var batch = Batch.Run(first, seeds, new RunOptions(), stopAfter: stop, threads);
        output.WriteLine(Report.Figures(batch));
        if (Environment.GetEnvironmentVariable("SIMULATION_STORIES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var failure in batch.Failures)
            {
                File.WriteAllText(Path.Combine(folder, $"{failure.Seed}.txt"), Report.Story(SeedRun.Run(failure.Seed, new RunOptions { KeepsHistory = true })));
            }

            Assert.Empty(batch.Failures.Select(f => f.Seed));
        }

        Assert.True(batch.Failures.Count == 0, Report.Of(batch));
        Assert.True(batch.Faults > seeds, "Hardly any fault was injected: nothing was proved.");
    }

    [Fact]
    public void A_seed_replays_exactly()
    {
        for (var seed = 1UL; seed <= 12; seed++)
        {
            var first = SeedRun.Run(seed, new RunOptions { KeepsHistory = true });
            var second = SeedRun.Run(seed, new RunOptions { KeepsHistory = true });

            Assert.Equal(first.History, second.History);
            Assert.Equal(first.Digest, second.Digest);
        }
    }
}
