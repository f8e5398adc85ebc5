using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Bench.Costs;

/// <summary>The command <c>costs</c>.</summary>
[Description("Counts storage requests at the wire: one lead alone, leads under load, the ways a lead can fail, and an app without leads.")]
internal sealed class CostsCommand : AsyncCommand<CostsCommand.Settings>
{
    private const double AloneLimit = 10;
    private const double TogetherLimit = 8.5;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--leads <n>")]
        [Description("Leads sent together.")]
        [DefaultValue(400)]
        public int Leads { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--leads", Leads, 50));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var leads = settings.Leads;
        var report = new Report("costs", "Storage requests, counted by a loopback proxy between the app and Azurite. Empty receives, locks, timers and cached control reads are counted apart.");
        await using var storage = await BenchStorage.StartAsync(cancellationToken);

        await using (var run = await CostRun.StartAsync(storage, HostSettings.WithoutTimers, cancellationToken))
        {
            var table = report.Table("One lead at a time", ["What happens", "requests", .. Columns.Select(c => c.Name)]);
            foreach (var scenario in CostCase.All)
            {
                var bill = await run.BillAsync(() => scenario.ActAsync(run, cancellationToken), cancellationToken);
                table.Add([scenario.Name, Show.Whole(bill.Total), .. Cells(bill, 1)]);
                if (scenario.IsDelivery)
                {
                    report.Goal("a lead that comes alone costs at most 10 requests", bill.Total <= AloneLimit, Show.Whole(bill.Total));
                }
            }
        }

        var together = report.Table("Leads together, per lead", ["API latency", "requests", .. Columns.Select(c => c.Name)]);
        foreach (var latency in (int[])[0, 50, 300])
        {
            await using var run = await CostRun.StartAsync(storage, HostSettings.WithoutTimers, cancellationToken);
            run.Bed.Uon.Latency = run.Bed.Offerum.Latency = TimeSpan.FromMilliseconds(latency);
            var bill = await run.BillAsync(() => run.DeliverAsync(leads, cancellationToken), cancellationToken);
            var each = bill.Total / (double)leads;
            together.Add([$"{latency} ms", Show.Number(each, "0.00"), .. Cells(bill, leads)]);
            report.Goal($"leads that come together cost at most 8.5 requests each ({latency} ms)", each <= TogetherLimit, Show.Number(each, "0.00"));
        }

        await IdleAsync(report, storage, cancellationToken);
        return await report.WriteAsync(Console.Out, goalsAreExact: true);
    }

    private static async Task IdleAsync(Report report, BenchStorage storage, CancellationToken cancellationToken)
    {
        await using var run = await CostRun.StartAsync(storage, [("AzureFunctionsJobHost:extensions:queues:maxPollingInterval", "00:00:02")], cancellationToken);
        run.Meter.Calls.Clear();
        await Task.Delay(Idle, TimeProvider.System, cancellationToken);
        var table = report.Table("An app without leads, one pipeline, requests a minute", "What", "requests");
        foreach (var (name, count) in run.Meter.Calls.CountBy(Cause).OrderByDescending(c => c.Value))
        {
            table.Add(name, Show.Whole(count));
        }
    }

    private static string Cause(StorageCall call) => call switch
    {
        { Kind: StorageCallKind.EmptyReceive } => $"looks at the empty queue {call.Resource}",
        { Kind: StorageCallKind.Blob } => "timers: locks",
        _ when call.Resource.EndsWith("|control", StringComparison.Ordinal) => "timers: control rows",
        _ => $"timers: {call.Kind} on {call.Resource}",
    };

    private static readonly (string Name, StorageCallKind Kind)[] Columns =
    [
        ("send", StorageCallKind.Send), ("receive", StorageCallKind.Receive), ("delete", StorageCallKind.Delete), ("hide", StorageCallKind.Hide),
        ("read row", StorageCallKind.ReadRow), ("write row", StorageCallKind.WriteRow), ("batch", StorageCallKind.Batch), ("query", StorageCallKind.Query),
    ];

    private static IEnumerable<string> Cells(StorageBill bill, int leads) => Columns.Select(column =>
        bill.Counted.GetValueOrDefault(column.Kind) switch
        {
            0 => "",
            var count => leads == 1 ? Show.Whole(count) : Show.Number(count / (double)leads, "0.00"),
        });
}
