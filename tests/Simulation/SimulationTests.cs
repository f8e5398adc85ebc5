using System.Globalization;
using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Outside;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation;

/// <summary>
/// The real services, with kills and faults at every step; docs/reliability.md lists the checks. SIMULATION_SEEDS, SIMULATION_FIRST,
/// SIMULATION_THREADS and SIMULATION_STOP (after so many failures) run other seeds than these, or more at a time; SIMULATION_STORIES names a folder for the histories of failing seeds.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 300;

    [Fact]
    public void No_seed_loses_or_repeats_a_lead()
    {
        var seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? Seeds.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var first = ulong.Parse(Environment.GetEnvironmentVariable("SIMULATION_FIRST") ?? "1", CultureInfo.InvariantCulture);
        // One at a time, so that the other test projects, which wait for real processes, have the other processors.
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

    /// <summary>Not a release build, so slightly more than `bench -- cpu` reports; to raise a limit, give the reason in docs/performance.md.</summary>
    [Fact]
    public void A_lead_allocates_no_more_than_it_did()
    {
        var paths = WholePaths.Measure();
        output.WriteLine(paths.ToString());

        Assert.InRange(paths.Webhook, 1, 34_000);
        Assert.InRange(paths.Enrichment, 1, 450_000);
        Assert.InRange(paths.Delivery, 1, 860_000);
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

    /// <summary>The simulator once used the real clock here, and one seed in two hundred took a different path on a slow machine.</summary>
    [Fact]
    public void A_late_record_comes_by_the_worlds_time()
    {
        var clock = new VirtualClock();
        var cabinet = new Cabinet(clock, new Choices(1));
        cabinet.Put(UonRecord.Lead(1, clock.Now).CompletesAfter(TimeSpan.FromMinutes(1)));
        var read = new OutsideRequest("GET", new Uri("http://uon.simulated/invented-uon-key/lead/1.json"), "", By: null, SentAt: clock.Now, AnswerIsLost: false);

        Assert.Equal(404, cabinet.Answer(read).Status);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, cabinet.Answer(read).Status);
    }
}
