using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Costs;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;

namespace UonOfferum.Bench.Start;

/// <summary>The command <c>start</c>: from nothing to the first accepted webhook, and to the first order.</summary>
[Description("Process start to the first accepted webhook, against bare function apps on the same host: as an instance of Flex Consumption's HTTP group, and with everything on one instance.")]
internal sealed class StartCommand : AsyncCommand<StartCommand.Settings>
{
    private const double Goal = 1.3;

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--rounds <n>")]
        [Description("Number of rounds.")]
        [DefaultValue(9)]
        public int Rounds { get; init; }

        [CommandOption("--app <path>")]
        [Description("Another build of the app, for example of a publish: its UonOfferum.dll.")]
        public string? App { get; init; }

        [CommandOption("--bare <path>")]
        [Description("Another build of bench/FloorApp.")]
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
        var (answers, sends, app) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        var (besideStages, wholeApp, order) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());

        // The first round fills the disk cache and creates the queues.
        for (var round = 0; round <= rounds; round++)
        {
            var whole = await WholeAppAsync(bed, round + 1, settings.App, cancellationToken);
            // A new account each time: otherwise the stages would process the messages of earlier rounds.
            var stagesAccount = storage.NewAccount();
            await FloorAppSettings.CreateQueuesAsync(stagesAccount, cancellationToken);
            TimeSpan[] times =
            [
                await AcceptAsync(bed, settings.App, cancellationToken),
                await FloorAsync(FloorAppSettings.Webhook(floorAccount), settings.Bare, cancellationToken),
                await FloorAsync(FloorAppSettings.Webhook(floorAccount, sends: false), settings.Bare, cancellationToken),
                await FloorAsync(FloorAppSettings.WebhookBesideStages(stagesAccount), settings.Bare, cancellationToken),
            ];
            if (round > 0)
            {
                app.Add(times[0]);
                sends.Add(times[1]);
                answers.Add(times[2]);
                besideStages.Add(times[3]);
                wholeApp.Add(whole.Accepted);
                order.Add(whole.Ordered);
            }
        }

        var group = report.Table("An instance of the HTTP group: no queue, no timer", "", "median", "fastest", "ratio");
        group.Add(Row("bare function app, answers", answers, sends));
        group.Add(Row("bare function app, one message", sends, sends));
        group.Add(Row("the app", app, sends));
        var one = report.Table("Everything on one instance", "", "median", "fastest", "ratio");
        one.Add(Row("bare function app, two queues", besideStages, besideStages));
        one.Add(Row(string.Create(CultureInfo.InvariantCulture, $"the app, {AppFunctions.Queues(AppFunctions.OfOtherDestinations).Count()} queues and a timer"), wholeApp, besideStages));
        var after = report.Table("The app's first order", "", "median", "fastest");
        after.Add("from its webhook's answer to the order", Show.Ms(new Samples(order).At(0.5)), Show.Ms(order.Min()));
        report.Goal("HTTP group: within 1.3× of a bare function app that puts a message on a queue", Ratio(app, sends) <= Goal, Show.Ratio(Ratio(app, sends)));
        return await report.WriteAsync(Console.Out);
    }

    /// <summary>As the deployment sets it up for a pipeline to Offerum, on one instance.</summary>
    private static async Task<(TimeSpan Accepted, TimeSpan Ordered)> WholeAppAsync(TestBed bed, long id, string? build, CancellationToken cancellationToken)
    {
        bed.Uon.Leads.Put(UonRecord.Lead(id));
        var started = TimeProvider.System.GetTimestamp();
        await using var host = await bed.StartHostAsync(cancellationToken, [.. HostSettings.Measured, .. HostSettings.Without(AppFunctions.OfOtherDestinations), .. Build(build)]);
        using var webhooks = new WebhookClient(host.BaseAddress);
        await webhooks.SendAsync(id, cancellationToken);
        var accepted = TimeProvider.System.GetElapsedTime(started);
        await bed.Offerum.Orders.WaitForAsync((int)id, _ => true, cancellationToken);
        return (accepted, TimeProvider.System.GetElapsedTime(started) - accepted);
    }

    /// <summary>The webhook of an instance that has the HTTP functions only. It was sent before, so the next start of the whole app creates no order for it.</summary>
    private static async Task<TimeSpan> AcceptAsync(TestBed bed, string? build, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var host = await bed.StartHostAsync(cancellationToken, [.. HostSettings.Measured, .. HostSettings.Without(AppFunctions.OutsideHttpGroup), .. Build(build)]);
        using var webhooks = new WebhookClient(host.BaseAddress);
        await webhooks.SendAsync(1, cancellationToken);
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static async Task<TimeSpan> FloorAsync(IEnumerable<KeyValuePair<string, string>> parts, string? build, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var settings = parts.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in Build(build))
        {
            settings[key] = value;
        }

        await using var floor = await LocalHostProcess.StartAsync(settings, cancellationToken);
        using var webhooks = new WebhookClient(floor.BaseAddress);
        await webhooks.SendAsync(1, cancellationToken);
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static IEnumerable<(string Key, string Value)> Build(string? build) => build is { Length: > 0 } ? [("LocalHost:App", Path.GetFullPath(build))] : [];

    private static string[] Row(string name, List<TimeSpan> times, List<TimeSpan> floor) =>
        [name, Show.Ms(new Samples(times).At(0.5)), Show.Ms(times.Min()), Show.Ratio(Ratio(times, floor))];

    private static double Ratio(List<TimeSpan> times, List<TimeSpan> floor) => Samples.Median(times.Zip(floor, (one, other) => one / other));
}
