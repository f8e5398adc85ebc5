using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Flow;

/// <summary>The command <c>flow</c>: how fast leads go from webhook to order.</summary>
[Description(
    "Leads a second, and the time from webhook to order, against two floors with the same storage requests, HTTP calls and concurrency: "
    + "a function app on the same host (bench/FloorApp) and a bare program. A fixed number of leads is under way, so that the queues stay shallow.")]
internal sealed class FlowCommand : AsyncCommand<FlowCommand.Settings>
{
    private const double Goal = 0.9;
    private const double CpuGoal = 1.6;

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--rounds <n>")]
        [Description("Number of rounds; each measures all programs in turn.")]
        [DefaultValue(11)]
        public int Rounds { get; init; }

        [CommandOption("--leads <n>")]
        [Description("Leads in a round.")]
        [DefaultValue(100)]
        public int Leads { get; init; }

        [CommandOption("--warm <n>")]
        [Description("Leads through each program before the first round.")]
        [DefaultValue(1200)]
        public int Warm { get; init; }

        [CommandOption("--underway <n>")]
        [Description("Leads in progress at once.")]
        [DefaultValue(48)]
        public int UnderWay { get; init; }

        [CommandOption("--latency <list>")]
        [Description("Latencies of both APIs, in ms.")]
        [DefaultValue("0,50,300")]
        public string Latency { get; init; } = "";

        public override ValidationResult Validate() => Options.All(
            Options.AtLeast(("--rounds", Rounds, 1), ("--leads", Leads, 10), ("--warm", Warm, 1), ("--underway", UnderWay, 1)),
            Options.ListAtLeast("--latency", Latency, 0));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var (rounds, leads, underWay) = (settings.Rounds, settings.Leads, settings.UnderWay);
        var report = new Report("flow", $"Webhook to order: {rounds} rounds of {leads} leads, {underWay} under way at once.");
        var table = report.Table("Leads", "API latency", "", "leads/s", "the app's ratio", "p50", "p95", "p99", "CPU a lead", "the app's ratio");
        await using var lanes = await FlowLanes.StartAsync(cancellationToken);
        await lanes.WarmAsync(settings.Warm, underWay, cancellationToken);
        foreach (var latency in settings.Latency.Split(',').Select(text => TimeSpan.FromMilliseconds(int.Parse(text, CultureInfo.InvariantCulture))))
        {
            var measured = await lanes.RunAsync(rounds, leads, underWay, latency, cancellationToken);
            Add(table, latency, "the app", measured.App, measured.App);
            Add(table, latency, "function app", measured.Function, measured.App);
            Add(table, latency, "bare program", measured.Floor, measured.App);
            var (speed, cpu) = (Speed(measured.App, measured.Function), CpuRatio(measured.App, measured.Function));
            report.Goal($"at least 0.90× of the function app's leads a second, {latency.TotalMilliseconds} ms", speed >= Goal, Show.Ratio(speed));
            report.Goal($"at most 1.6× of its CPU a lead, {latency.TotalMilliseconds} ms", cpu <= CpuGoal, Show.Ratio(cpu));
        }

        return await report.WriteAsync(Console.Out);
    }

    private static void Add(ResultTable table, TimeSpan latency, string name, List<FlowRound> rounds, List<FlowRound> app)
    {
        var times = new Samples(rounds.SelectMany(r => r.Times));
        table.Add(
            $"{latency.TotalMilliseconds} ms", name, Show.Number(Samples.Median(rounds.Select(r => r.PerSecond))), Show.Ratio(Speed(app, rounds)),
            Show.Ms(times.At(0.5)), Show.Ms(times.At(0.95)), Show.Ms(times.At(0.99)),
            Show.Ms(TimeSpan.FromMilliseconds(Samples.Median(rounds.Select(r => r.Cpu.TotalMilliseconds))), "0.00"), Show.Ratio(CpuRatio(app, rounds)));
    }

    /// <summary>The median of the rounds' ratios: other load on the machine affects the programs of one round equally.</summary>
    private static double Speed(List<FlowRound> app, List<FlowRound> floor) => Samples.Median(app.Zip(floor, (mine, bare) => mine.PerSecond / bare.PerSecond));

    private static double CpuRatio(List<FlowRound> app, List<FlowRound> floor) => Samples.Median(app.Zip(floor, (mine, bare) => mine.Cpu / bare.Cpu));
}
