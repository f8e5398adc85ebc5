using System.ComponentModel;
using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Bench.Scale;

/// <summary>The command <c>scale</c>: one, two and four processes on one storage account.</summary>
[Description("Leads a second, requests a lead and fairness of 1, 2 and 4 processes on one storage account, without a limit at U-ON.")]
internal sealed partial class ScaleCommand : AsyncCommand<ScaleCommand.Settings>
{
    private static readonly int[] Processes = [1, 2, 4];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>One log line a lead shows which process read the record; nothing else is logged.</summary>
    private static readonly (string Key, string Value) Story =
        ("AzureFunctionsJobHost:logging:logLevel:UonOfferum.UonWebhookFunction.Enrichment.RecordEnricher", "Information");

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--leads <n>")]
        [Description("Leads of each run.")]
        [DefaultValue(400)]
        public int Leads { get; init; }

        [CommandOption("--latency <ms>")]
        [Description("Response time of U-ON and Offerum.")]
        [DefaultValue(300)]
        public int Latency { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--leads", Leads, 50), ("--latency", Latency, 0));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var (leads, latency) = (settings.Leads, TimeSpan.FromMilliseconds(settings.Latency));
        var report = new Report("scale", $"Processes on one storage account, {leads} leads each run, U-ON and Offerum answer after {latency.TotalMilliseconds:0} ms. Requests are counted in a run of their own, because the counter costs speed.");
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        var table = report.Table("Processes", "Processes", "leads/s", "against one", "CPU, all processes", "fairest share, least/most", "requests a lead");
        var one = 0.0;
        foreach (var count in Processes)
        {
            var fast = await RunAsync(storage.NewAccount(), count, leads, latency, cancellationToken);
            await using var meter = await StorageMeter.StartAsync(storage.NewAccount(), cancellationToken);
            var counted = await RunAsync(meter.ConnectionString, count, leads / 2, latency, cancellationToken, meter);
            one = count == 1 ? fast.PerSecond : one;
            table.Add(
                Show.Whole(count), Show.Number(fast.PerSecond), Show.Ratio(fast.PerSecond / one), Show.Number(fast.Cores, "0.00") + " cores",
                Show.Number(fast.Fairness, "0.00"), Show.Number(counted.RequestsALead, "0.00"));
        }

        return await report.WriteAsync(Console.Out);
    }

    private static async Task<Lane> RunAsync(string storage, int processes, int leads, TimeSpan latency, CancellationToken cancellationToken, StorageMeter? meter = null)
    {
        await using var bed = await TestBed.StartAsync(storage, cancellationToken);
        bed.Uon.Latency = bed.Offerum.Latency = latency;
        var hosts = new List<LocalHostProcess>();
        try
        {
            for (var i = 0; i < processes; i++)
            {
                hosts.Add(await bed.StartHostAsync(cancellationToken, [.. HostSettings.Measured, .. HostSettings.WithoutTimers, Story]));
            }

            // Each process compiles its code while it runs.
            await DeliverAsync(bed, hosts, first: 1, 20 * processes, cancellationToken);
            meter?.Calls.Clear();
            var seen = hosts.Select(host => host.Output.Count).ToList();
            var cpu = new CpuClock([.. hosts.SelectMany(host => host.Processes)]);
            cpu.Start();
            var start = TimeProvider.System.GetTimestamp();
            await DeliverAsync(bed, hosts, first: 1_000, leads, cancellationToken);
            var took = TimeProvider.System.GetElapsedTime(start);
            cpu.Stop();
            var shares = hosts.Select((host, i) => host.Output.Skip(seen[i]).Count(line => Enriched().IsMatch(line))).ToList();
            return new Lane(
                leads / took.TotalSeconds,
                cpu.Spent / took,
                shares.Max() == 0 ? 0 : shares.Min() / (double)shares.Max(),
                meter is null ? 0 : StorageBill.Of(meter.Calls).Total / (double)leads);
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }
    }

    private static async Task DeliverAsync(TestBed bed, List<LocalHostProcess> hosts, int first, int leads, CancellationToken cancellationToken)
    {
        var before = bed.Offerum.AcceptedBySubId().Count;
        var clients = hosts.ConvertAll(host => new WebhookClient(host.BaseAddress));
        try
        {
            for (var id = first; id < first + leads; id++)
            {
                bed.Uon.Leads.Put(UonRecord.Lead(id));
            }

            await Parallel.ForAsync(first, first + leads, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken }, async (id, cancellation) =>
                await clients[id % clients.Count].SendAsync(id, cancellation));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            while (bed.Offerum.AcceptedBySubId().Count < before + leads || !await bed.AreQueuesEmptyAsync(patience.Token))
            {
                await Task.Delay(Look, TimeProvider.System, patience.Token);
            }
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private sealed record Lane(double PerSecond, double Cores, double Fairness, double RequestsALead);

    [GeneratedRegex(": Enriched ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Enriched();
}
