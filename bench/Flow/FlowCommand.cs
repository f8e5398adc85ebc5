using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Flow;

/// <summary>The command <c>flow</c>: how fast leads go from webhook to order.</summary>
internal static class FlowCommand
{
    private const double Goal = 0.85;

    public static BenchCommand Definition { get; } = new(
        "flow",
        """
          Leads a second, and the time from webhook to order, against a floor: a bare program with the same storage requests, HTTP calls and
          concurrency. A fixed number of leads is under way, so that the queues stay shallow.
          --rounds <n>         each measures both in turn (11)
          --leads <n>          in a round (100)
          --warm <n>           leads through each before the first round (1200)
          --underway <n>       leads under way at once (48)
          --latency <list>     of both APIs, in ms (0,50,300)
        """,
        RunAsync);

    private static async Task<int> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        arguments.RefuseUnknown("rounds", "leads", "underway", "latency", "warm");
        var (rounds, leads, underWay) = (arguments.Number("rounds", 11, min: 1), arguments.Number("leads", 100, min: 10), arguments.Number("underway", 48, min: 1));
        var report = new Report("flow", $"Webhook to order: {rounds} rounds of {leads} leads, {underWay} under way at once.");
        var table = report.Table("Leads", "API latency", "leads/s", "floor", "ratio", "p50", "p95", "p99", "floor p50", "p95", "p99", "CPU a lead", "floor");
        await using var pair = await FlowPair.StartAsync(cancellationToken);
        await pair.WarmAsync(arguments.Number("warm", 1200, min: 1), underWay, cancellationToken);
        foreach (var latency in arguments.Text("latency", "0,50,300").Split(',').Select(text => TimeSpan.FromMilliseconds(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))))
        {
            var (app, floor) = await pair.RunAsync(rounds, leads, underWay, latency, cancellationToken);
            var ratio = Samples.Median(app.Zip(floor, (mine, bare) => mine.PerSecond / bare.PerSecond));
            var (times, bareTimes) = (new Samples(app.SelectMany(r => r.Times)), new Samples(floor.SelectMany(r => r.Times)));
            table.Add(
                $"{latency.TotalMilliseconds} ms", Rate(app), Rate(floor), Show.Ratio(ratio),
                Show.Ms(times.At(0.5)), Show.Ms(times.At(0.95)), Show.Ms(times.At(0.99)),
                Show.Ms(bareTimes.At(0.5)), Show.Ms(bareTimes.At(0.95)), Show.Ms(bareTimes.At(0.99)), Cpu(app), Cpu(floor));
            report.Goal($"at least 0.85× of the floor's leads a second, {latency.TotalMilliseconds} ms", ratio >= Goal, Show.Ratio(ratio));
        }

        return await report.WriteAsync(Console.Out);
    }

    private static string Cpu(IEnumerable<FlowRound> rounds) => Show.Ms(TimeSpan.FromMilliseconds(Samples.Median(rounds.Select(r => r.Cpu.TotalMilliseconds))), "0.00");

    private static string Rate(IEnumerable<FlowRound> rounds) => Show.Number(Samples.Median(rounds.Select(r => r.PerSecond)));
}
