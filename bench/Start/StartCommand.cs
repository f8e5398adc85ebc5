using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;

namespace UonOfferum.Bench.Start;

/// <summary>The command <c>start</c>: from nothing to the first accepted webhook, and to the first order.</summary>
[Description("Process start to the first accepted webhook, against bare function apps on the same host: one that answers, one that puts a message on a queue.")]
internal sealed class StartCommand : AsyncCommand<StartCommand.Settings>
{
    private const double Goal = 1.5;

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--rounds <n>")]
        [Description("How many rounds.")]
        [DefaultValue(9)]
        public int Rounds { get; init; }

        [CommandOption("--app <path>")]
        [Description("Another build of the app, for example of a publish: its UonOfferum.dll.")]
        public string? App { get; init; }

        [CommandOption("--bare <path>")]
        [Description("Likewise of bench/FloorApp.")]
        public string? Bare { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--rounds", Rounds, 1));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var rounds = settings.Rounds;
        var report = new Report("start", $"Process start to the first accepted webhook, {rounds} rounds, in turn. {(settings.App is { Length: > 0 } ? "Published, ReadyToRun." : "As built, compiled at run time.")}");
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        await using var bed = await TestBed.StartAsync(storage.NewAccount(), cancellationToken);
        var floorAccount = storage.NewAccount();
        await FloorAppSettings.CreateQueuesAsync(floorAccount, cancellationToken);
        var (app, order, queue, nothing) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());

        // The first round fills the disk's cache and makes the queues.
        for (var round = 0; round <= rounds; round++)
        {
            var (accepted, ordered) = await AppAsync(bed, round + 1, settings.App, cancellationToken);
            var sent = await FloorAsync(floorAccount, sends: true, settings.Bare, cancellationToken);
            var answered = await FloorAsync(floorAccount, sends: false, settings.Bare, cancellationToken);
            if (round > 0)
            {
                app.Add(accepted);
                order.Add(ordered);
                queue.Add(sent);
                nothing.Add(answered);
            }
        }

        var table = report.Table("Process start to the first accepted webhook", "", "median", "fastest", "ratio to a bare function app");
        table.Add(Row("bare function app, answers", nothing, nothing));
        table.Add(Row("bare function app, one message", queue, nothing));
        table.Add(Row("the app", app, nothing));
        var after = report.Table("The app's first order", "", "median", "fastest");
        after.Add("from its webhook's answer to the order", Show.Ms(new Samples(order).At(0.5)), Show.Ms(order.Min()));
        report.Goal("within 1.5× of a bare function app that answers", Ratio(app, nothing) <= Goal, Show.Ratio(Ratio(app, nothing)));
        report.Goal("within 1.5× of one that puts a message on a queue", Ratio(app, queue) <= Goal, Show.Ratio(Ratio(app, queue)));
        return await report.WriteAsync(Console.Out);
    }

    private static async Task<(TimeSpan Accepted, TimeSpan Ordered)> AppAsync(TestBed bed, long id, string? build, CancellationToken cancellationToken)
    {
        bed.Uon.Leads.Put(UonRecord.Lead(id));
        var started = TimeProvider.System.GetTimestamp();
        await using var host = await bed.StartHostAsync(
            cancellationToken, build is { Length: > 0 } ? [.. HostSettings.Measured, ("LocalHost:App", Path.GetFullPath(build))] : HostSettings.Measured);
        using var webhooks = new WebhookClient(host.BaseAddress);
        await webhooks.SendAsync(id, cancellationToken);
        var accepted = TimeProvider.System.GetElapsedTime(started);
        await bed.Offerum.Orders.WaitForAsync((int)id, _ => true, cancellationToken);
        return (accepted, TimeProvider.System.GetElapsedTime(started) - accepted);
    }

    private static async Task<TimeSpan> FloorAsync(string account, bool sends, string? build, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var settings = FloorAppSettings.Webhook(account, sends).ToDictionary(StringComparer.Ordinal);
        if (build is { Length: > 0 })
        {
            settings["LocalHost:App"] = Path.GetFullPath(build);
        }

        await using var floor = await LocalHostProcess.StartAsync(settings, cancellationToken);
        using var webhooks = new WebhookClient(floor.BaseAddress);
        await webhooks.SendAsync(1, cancellationToken);
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static string[] Row(string name, List<TimeSpan> times, List<TimeSpan> floor) =>
        [name, Show.Ms(new Samples(times).At(0.5)), Show.Ms(times.Min()), Show.Ratio(Ratio(times, floor))];

    private static double Ratio(List<TimeSpan> times, List<TimeSpan> floor) => Samples.Median(times.Zip(floor, (one, other) => one / other));
}
