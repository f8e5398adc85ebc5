using UonOfferum.Bench.Flow;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Depth;

/// <summary>A large journal: rows of delivered leads are added to the app's table and to its floor's.</summary>
internal static class JournalDepth
{
    private const int Rounds = 5;
    private const int Leads = 60;
    private const int InFlight = 24;

    public static async Task MeasureAsync(Report report, int[] depths, CancellationToken cancellationToken)
    {
        var table = report.Table("Operations in the journal", "Operations", "leads/s", "floor", "ratio", "memory", "CPU a lead", "a page of the list");
        await using var lanes = await FlowLanes.StartAsync(cancellationToken);
        await lanes.WarmAsync(500, InFlight, cancellationToken);
        var template = await JournalSeed.TemplateAsync(lanes.AppBed.Storage, cancellationToken);
        using var api = new PipelineApi(lanes.AppProcess.BaseAddress);
        var seeded = 0;
        foreach (var depth in depths)
        {
            foreach (var storage in (string[])[lanes.AppBed.Storage, lanes.FloorBed.Storage])
            {
                await JournalSeed.AddAsync(storage, template, seeded, depth, cancellationToken);
            }

            seeded = depth;
            var (app, _, floor) = await lanes.RunAsync(Rounds, Leads, InFlight, TimeSpan.Zero, cancellationToken);
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 10; i++)
            {
                await api.Http.GetStringAsync("operations?take=50", cancellationToken);
            }

            var page = TimeProvider.System.GetElapsedTime(began) / 10;
            lanes.AppProcess.Worker.Refresh();
            table.Add(
                Show.Whole(depth), Rate(app), Rate(floor), Show.Ratio(Samples.Median(app.Zip(floor, (one, other) => one.PerSecond / other.PerSecond))),
                Show.MiB(lanes.AppProcess.Worker.WorkingSet64), Show.Ms(TimeSpan.FromMilliseconds(Samples.Median(app.Select(r => r.Cpu.TotalMilliseconds))), "0.00"), Show.Ms(page));
        }
    }

    private static string Rate(IEnumerable<FlowRound> rounds) => Show.Number(Samples.Median(rounds.Select(r => r.PerSecond)));
}
