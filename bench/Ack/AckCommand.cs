using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Ack;

/// <summary>The command <c>ack</c>: how fast a webhook is answered.</summary>
[Description("Webhook latency and throughput against a bare function app on the same host that puts one message on a queue, and against bare Kestrel endpoints.")]
internal sealed class AckCommand : AsyncCommand<AckCommand.Settings>
{
    private const double LatencyGoal = 1.1;
    private const double ThroughputGoal = 0.95;
    private const int Clients = 16;
    private const int WarmUp = 5;

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--rounds <n>")]
        [Description("Number of rounds.")]
        [DefaultValue(15)]
        public int Rounds { get; init; }

        [CommandOption("--requests <n>")]
        [Description("Sequential requests to each program in a round, alternating; twice as many are then sent in parallel.")]
        [DefaultValue(100)]
        public int Requests { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--rounds", Rounds, 3), ("--requests", Requests, 10));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var (rounds, requests) = (settings.Rounds, settings.Requests);
        var report = new Report(
            "ack",
            $"Webhooks: {rounds} rounds of {requests} requests to each program, one after another in turn, then {2 * requests} to each by {Clients} clients at once. "
            + "The stages are off, so that only the answer is measured.");
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        await using var bed = await TestBed.StartAsync(storage.NewAccount(), cancellationToken);
        var floorAccount = storage.NewAccount();
        await using var app = await bed.StartHostAsync(
            cancellationToken, [.. HostSettings.Measured, .. HostSettings.WithoutTimers, .. HostSettings.Without("EnrichRecord", "SendOrder")]);
        await using var queue = await FloorProcess.StartAsync("queue", [("AzureWebJobsStorage", floorAccount)], cancellationToken);
        await using var nothing = await FloorProcess.StartAsync("nothing", [], cancellationToken);
        var bareAccount = storage.NewAccount();
        await FloorAppSettings.CreateQueuesAsync(bareAccount, cancellationToken);
        await using var bareApp = await LocalHostProcess.StartAsync([.. FloorAppSettings.Webhook(bareAccount)], cancellationToken);
        using var mine = new AckLane("the app", app.BaseAddress, bed.Storage, app.Processes);
        using var message = new AckLane("bare endpoint, one message", queue.BaseAddress, floorAccount, [queue.Process]);
        using var bare = new AckLane("bare endpoint, nothing", nothing.BaseAddress, null, [nothing.Process]);
        using var function = new AckLane("bare function app, one message", bareApp.BaseAddress, bareAccount, bareApp.Processes);
        AckLane[] lanes = [mine, function, message, bare];
        await MeasureAsync(lanes, WarmUp, requests, cancellationToken);
        foreach (var lane in lanes)
        {
            lane.Forget();
        }

        await MeasureAsync(lanes, rounds, requests, cancellationToken);
        Tell(report, lanes, function);
        var (slower, faster) = (Latency(mine, function), Throughput(mine, function));
        report.Goal("p50 at most 1.1× of a bare function that sends one message", slower <= LatencyGoal, Show.Ratio(slower));
        report.Goal("throughput at least 0.95× of it", faster >= ThroughputGoal, Show.Ratio(faster));
        return await report.WriteAsync(Console.Out);
    }

    /// <summary>They alternate with each request and each burst, so that other load on the machine affects all of them equally.</summary>
    private static async Task MeasureAsync(AckLane[] lanes, int rounds, int requests, CancellationToken cancellationToken)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < requests; i++)
            {
                for (var n = 0; n < lanes.Length; n++)
                {
                    await lanes[(i + n) % lanes.Length].AskAsync(cancellationToken);
                }
            }

            for (var n = 0; n < lanes.Length; n++)
            {
                await lanes[(round + n) % lanes.Length].BurstAsync(requests * 2, Clients, cancellationToken);
            }

            foreach (var lane in lanes)
            {
                await lane.EmptyAsync(cancellationToken);
            }
        }
    }

    private static void Tell(Report report, AckLane[] lanes, AckLane floor)
    {
        var table = report.Table("Webhook answers", "", "p50", "p95", "p99", "answers/s", "p50, ratio", "throughput, ratio", "CPU an answer");
        foreach (var lane in lanes)
        {
            var all = new Samples(lane.Times);
            table.Add(
                lane.Name, Show.Ms(all.At(0.5)), Show.Ms(all.At(0.95)), Show.Ms(all.At(0.99)), Show.Whole((long)Samples.Median(lane.PerSecond)),
                Show.Ratio(Latency(lane, floor)), Show.Ratio(Throughput(lane, floor)), Show.Ms(lane.Cpu, "0.00"));
        }
    }

    private static double Latency(AckLane lane, AckLane floor) => new Samples(lane.Times).At(0.5) / new Samples(floor.Times).At(0.5);

    private static double Throughput(AckLane lane, AckLane floor) =>
        Samples.Median(lane.PerSecond.Zip(floor.PerSecond, (one, other) => one / other));
}
