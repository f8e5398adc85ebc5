using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Speed;

/// <summary>The command <c>speed</c>: how long a lead takes from webhook to order, alone and under load.</summary>
[Description("Speed to lead, by hop: one lead a minute to idle apps that poll at different intervals, and a burst.")]
internal sealed class SpeedCommand : AsyncCommand<SpeedCommand.Settings>
{
    private const double HoursAMonth = 720;

    // USD for a request: an example price for queues, as in docs/operations.md.
    private const double Price = 0.004 / 10_000;

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--minutes <n>")]
        [Description("Leads for each interval, one in each minute.")]
        [DefaultValue(20)]
        public int Minutes { get; init; }

        [CommandOption("--polling <list>")]
        [Description("Values of maxPollingInterval, in ms; one app for each, all at the same time.")]
        [DefaultValue("2000,1000,500")]
        public string Polling { get; init; } = "";

        [CommandOption("--burst <n>")]
        [Description("Webhooks of the burst.")]
        [DefaultValue(500)]
        public int Burst { get; init; }

        [CommandOption("--clients <n>")]
        [Description("Number of webhooks sent at once.")]
        [DefaultValue(8)]
        public int Clients { get; init; }

        public override ValidationResult Validate() => Options.All(
            Options.AtLeast(("--minutes", Minutes, 0), ("--burst", Burst, 0), ("--clients", Clients, 1)), Options.ListAtLeast("--polling", Polling, 100));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var report = new Report("speed", "From webhook to order: no API latency, nothing else to do.");
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        if (settings.Minutes > 0)
        {
            await AloneAsync(report, storage, settings, cancellationToken);
        }

        if (settings.Burst > 0)
        {
            await BurstAsync(report, storage, settings, cancellationToken);
        }

        return await report.WriteAsync(Console.Out);
    }

    private static async Task AloneAsync(Report report, BenchStorage storage, Settings settings, CancellationToken cancellationToken)
    {
        List<(TimeSpan Polling, SpeedLane Lane)> lanes = [];
        try
        {
            foreach (var milliseconds in settings.Polling.Split(','))
            {
                var polling = TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture));
                lanes.Add((polling, await SpeedLane.StartAsync(storage, polling, cancellationToken)));
            }

            lanes.ForEach(l => l.Lane.Forget());
            var began = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(lanes.Select((l, n) => EachMinuteAsync(l.Lane, new Random(n), settings.Minutes, cancellationToken)));
            var table = report.Table("One lead a minute, to an idle app", ["maxPollingInterval", .. LeadHops.Parts.Select(p => $"{p.Name}, p50"), "webhook to order, p50", "p95", "polls an hour", "USD a month"]);
            foreach (var (polling, lane) in lanes)
            {
                var pollsAnHour = lane.Polls / TimeProvider.System.GetElapsedTime(began).TotalHours;
                var leads = await lane.TakeAsync(cancellationToken);
                table.Add(
                [
                    Show.Ms(polling, "0"), .. LeadHops.Parts.Select(p => At(leads, p.Of, 0.5)), At(leads, l => l.Total, 0.5), At(leads, l => l.Total, 0.95),
                    Show.Whole((long)pollsAnHour), Show.Number(pollsAnHour * HoursAMonth * Price, "0.00"),
                ]);
            }
        }
        finally
        {
            foreach (var (_, lane) in lanes)
            {
                await lane.DisposeAsync();
            }
        }
    }

    /// <summary>At a random moment of each minute: a whole minute is a multiple of every interval, so a fixed moment would always meet the same phase of the polls.</summary>
    private static async Task EachMinuteAsync(SpeedLane lane, Random random, int minutes, CancellationToken cancellationToken)
    {
        var minute = TimeSpan.FromMinutes(1);
        for (var i = 0; i < minutes; i++)
        {
            // Not the last seconds: the lead before must be done.
            var moment = random.NextDouble() * (minute - TimeSpan.FromSeconds(10));
            await Task.Delay(moment, TimeProvider.System, cancellationToken);
            await lane.SendAsync(cancellationToken);
            await Task.Delay(minute - moment, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task BurstAsync(Report report, BenchStorage storage, Settings settings, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"A burst: {settings.Burst} webhooks, {settings.Clients} at a time");
        await using var lane = await SpeedLane.StartAsync(storage, TimeSpan.FromSeconds(2), cancellationToken);
        // Until the compiler's second tier has replaced what runs often.
        await SendAsync(lane, settings, cancellationToken);
        await lane.TakeAsync(cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        await SendAsync(lane, settings, cancellationToken);
        var acknowledged = TimeProvider.System.GetElapsedTime(began);
        await lane.SoldAsync(cancellationToken);
        var sold = TimeProvider.System.GetElapsedTime(began);
        var leads = await lane.TakeAsync(cancellationToken);
        var table = report.Table(name, "", "p50", "p95", "share of all time");
        var all = leads.Sum(l => l.Total.TotalSeconds);
        foreach (var (part, of) in LeadHops.Parts)
        {
            table.Add(part, At(leads, of, 0.5), At(leads, of, 0.95), string.Create(CultureInfo.InvariantCulture, $"{leads.Sum(l => of(l).TotalSeconds) / all:0.0 %}"));
        }

        table.Add("webhook to order", At(leads, l => l.Total, 0.5), At(leads, l => l.Total, 0.95), "100 %");
        var rates = report.Table("The burst as a whole", "", "a second");
        rates.Add("webhooks acknowledged", Show.Number(settings.Burst / acknowledged.TotalSeconds));
        rates.Add("leads sold", Show.Number(leads.Count / sold.TotalSeconds));
    }

    private static Task SendAsync(SpeedLane lane, Settings settings, CancellationToken cancellationToken) => Parallel.ForAsync(
        0, settings.Burst, new ParallelOptions { MaxDegreeOfParallelism = settings.Clients, CancellationToken = cancellationToken }, async (_, cancellation) => await lane.SendAsync(cancellation));

    private static string At(IEnumerable<LeadHops> leads, Func<LeadHops, TimeSpan> of, double share) => Show.Ms(new Samples(leads.Select(of)).At(share), "0");
}
