using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Bench.Costs;

/// <summary>The command <c>idle</c>: the counts behind the table of costs in docs/operations.md.</summary>
[Description("Counts what an idle month costs, before (a timer for each job) and now, and what leads add: 1,000, and a million a day.")]
internal sealed class IdleCommand : AsyncCommand<IdleCommand.Settings>
{
    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--minutes <n>")]
        [Description("Minutes to measure without leads.")]
        [DefaultValue(3)]
        public int Minutes { get; init; }

        [CommandOption("--leads <n>")]
        [Description("Leads sent together.")]
        [DefaultValue(400)]
        public int Leads { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--minutes", Minutes, 1), ("--leads", Leads, 50));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var report = new Report("idle", "An idle month of 30 days, and what leads add. Requests are counted at the wire; executions follow from the functions' attributes.");
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        var now = await MeasureAsync(report, storage, settings.Minutes, cancellationToken);
        Compare(report, IdleMonth.EightTimers, now);
        await LeadsAsync(report, storage, settings.Leads, cancellationToken);
        return await report.WriteAsync(Console.Out, goalsAreExact: true);
    }

    private static async Task<IdleMonth> MeasureAsync(Report report, BenchStorage storage, int minutes, CancellationToken cancellationToken)
    {
        IEnumerable<(string Key, string Value)> settings =
            [("AzureFunctionsJobHost:extensions:queues:maxPollingInterval", "00:00:02"), .. HostSettings.Without(AppFunctions.OfOtherDestinations)];
        await using var run = await CostRun.StartAsync(storage, settings, cancellationToken);
        run.Meter.Calls.Clear();
        await Task.Delay(TimeSpan.FromMinutes(minutes), TimeProvider.System, cancellationToken);
        var calls = run.Meter.Calls.ToList();
        var table = report.Table("One pipeline without leads, requests a minute", "What", "requests");
        foreach (var (name, count) in calls.CountBy(Cause).OrderByDescending(c => c.Value))
        {
            table.Add(name, Show.Number(count / (double)minutes, "0.0"));
        }

        return new IdleMonth(
            [.. AppFunctions.Timers()], AppFunctions.Queues(AppFunctions.OfOtherDestinations).Count(), calls.Count(call => call.Kind != StorageCallKind.EmptyReceive) / (double)minutes);
    }

    private static void Compare(Report report, IdleMonth before, IdleMonth now)
    {
        var table = report.Table("An idle month", "What", "before", "now");
        table.Add("timer functions: scale groups that keep an instance busy", Show.Whole(before.Timers.Count), Show.Whole(now.Timers.Count));
        table.Add("executions of timers", Show.Whole(before.Executions), Show.Whole(now.Executions));
        table.Add("GB-s, of at least 1 s × 2 GB", Show.Whole(before.GigabyteSeconds), Show.Whole(now.GigabyteSeconds));
        table.Add("queues that somebody listens to", Show.Whole(before.Queues), Show.Whole(now.Queues));
        table.Add("empty receives, at most", Show.Whole(before.EmptyReceives), Show.Whole(now.EmptyReceives));
        table.Add("status blobs of timers", Show.Whole(before.StatusBlobs), Show.Whole(now.StatusBlobs));
        table.Add("storage requests of timers and jobs", Show.Whole(before.JobRequests), Show.Whole(now.JobRequests));
        table.Add("compute beyond the free grant, USD", Money(before.ComputeMoney), Money(now.ComputeMoney));
        table.Add("storage requests, USD", Money(before.StorageMoney), Money(now.StorageMoney));
        var (was, remains) = (before.ComputeMoney + before.StorageMoney, now.ComputeMoney + now.StorageMoney);
        report.Goal("GB-s of an idle month are at most a third of before", now.GigabyteSeconds * 3 <= before.GigabyteSeconds, Show.Ratio(now.GigabyteSeconds / (double)before.GigabyteSeconds));
        report.Goal("its money is at most a third of before", remains * 3 <= was, $"{Money(remains)} of {Money(was)} USD");
    }

    private static async Task LeadsAsync(Report report, BenchStorage storage, int leads, CancellationToken cancellationToken)
    {
        await using var run = await CostRun.StartAsync(storage, HostSettings.WithoutTimers, cancellationToken);
        var alone = (await run.BillAsync(() => run.DeliverAsync(1, cancellationToken), cancellationToken)).Total;
        var together = (await run.BillAsync(() => run.DeliverAsync(leads, cancellationToken), cancellationToken)).Total / (double)leads;
        var table = report.Table("What leads add", ["What", "storage requests", "USD", "executions", "USD", "compute, GB-s", "USD", "telemetry", "USD"]);
        Add(table, new LeadBill("1,000 leads, each alone", 1_000, alone, GigabyteSeconds: 1_000 * 3 * 2, Kept: 1));

        // Three groups of functions, each with the instances that the rate needs: docs/performance.md, scale.
        Add(table, new LeadBill("a day of 1,000,000 leads", 1_000_000, together, GigabyteSeconds: 3 * 86_400 * 2, Kept: 0.1));
    }

    private static void Add(ResultTable table, LeadBill bill) => table.Add(
        bill.Name,
        Show.Whole((long)bill.Requests), Money(bill.RequestsMoney),
        Show.Whole(bill.Executions), Money(bill.ExecutionsMoney),
        Show.Whole(bill.GigabyteSeconds), Money(bill.ComputeMoney),
        Show.Whole((long)bill.Megabytes) + " MB", Money(bill.TelemetryMoney));

    private static string Money(double money) => Show.Number(money, "0.00");

    private static string Cause(StorageCall call) => call switch
    {
        { Kind: StorageCallKind.EmptyReceive } => $"looks at the empty queue {call.Resource}",
        { Kind: StorageCallKind.Blob } => "the timer's lock",
        { Resource: "jobs|control" } => $"the jobs' rows: {call.Kind}",
        _ when call.Resource.EndsWith("|control", StringComparison.Ordinal) => "jobs: control rows",
        _ => $"jobs: {call.Kind} on {call.Resource}",
    };

    /// <summary>Example list prices, US dollars, as in docs/operations.md.</summary>
    private sealed record LeadBill(string Name, long Leads, double RequestsALead, long GigabyteSeconds, double Kept)
    {
        // Webhook, enrichment, sending.
        private const int ExecutionsALead = 3;
        private const double KilobytesALead = 10;

        public double Requests => Leads * RequestsALead;

        public double RequestsMoney => Requests * 0.004 / 10_000;

        public long Executions => Leads * ExecutionsALead;

        public double ExecutionsMoney => Executions * 0.40 / 1_000_000;

        public double ComputeMoney => GigabyteSeconds * 0.000026;

        public double Megabytes => Leads * KilobytesALead * Kept / 1_000;

        public double TelemetryMoney => Megabytes / 1_000 * 2.80;
    }
}
