using System.Globalization;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Bench.Depth;

/// <summary>Many pipelines in one app, each with a lead now and then.</summary>
internal static class PipelineDepth
{
    private const int Leads = 200;

    private static readonly string[] Jobs = ["breakers", "replays", "sweep"];

    public static async Task MeasureAsync(Report report, int[] counts, CancellationToken cancellationToken)
    {
        var table = report.Table(
            "Pipelines in one app, 200 leads over them in turn", ["Pipelines", "start", "memory", "requests a lead", "CPU a lead", .. Jobs.Select(job => $"{job}, requests a run")]);
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        foreach (var count in counts)
        {
            await using var meter = await StorageMeter.StartAsync(storage.NewAccount(), cancellationToken);
            await using var bed = await TestBed.StartAsync(meter.ConnectionString, cancellationToken);
            var names = Enumerable.Range(0, count - 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"p{n}")).Append(TestBed.Pipeline).ToList();
            names.ForEach(bed.AddPipeline);
            // Pipelines that share an account look for each other's orders: a read for each.
            names.ForEach(name => bed.Settings[$"Pipelines:{name}:Offerum:Account"] = name);
            var began = TimeProvider.System.GetTimestamp();
            await using var host = await bed.StartHostAsync(cancellationToken, HostSettings.Measured);
            var start = TimeProvider.System.GetElapsedTime(began);

            // A pipeline's first lead is not measured; from the second on everything is warm.
            await LeadsAsync(bed, meter, host, names, first: 1, cancellationToken);
            var cpu = new CpuClock(host.Processes);
            cpu.Start();
            var bill = await LeadsAsync(bed, meter, host, names, first: Leads + 1, cancellationToken);
            cpu.Stop();
            host.Worker.Refresh();
            table.Add(
            [
                Show.Whole(count), Show.Ms(start, "0"), Show.MiB(host.Worker.WorkingSet64), Show.Number(bill.Total / (double)Leads, "0.00"), Show.Ms(cpu.Spent / Leads, "0.00"),
                .. await JobsAsync(host, meter, cancellationToken),
            ]);
        }
    }

    private static async Task<StorageBill> LeadsAsync(
        TestBed bed, StorageMeter meter, LocalHostProcess host, List<string> names, int first, CancellationToken cancellationToken)
    {
        using var webhooks = new WebhookClient(host.BaseAddress);
        var ids = Enumerable.Range(first, Leads).ToList();
        ids.ForEach(id => bed.Uon.Leads.Put(UonRecord.Lead(id)));
        meter.Calls.Clear();
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (id, cancellation) =>
            await webhooks.SendAsync(id, cancellation, pipeline: names[id % names.Count]));
        await meter.WaitUntilSettledAsync(cancellationToken);

        // Ranges and locks belong to the timers; a lead never reads a range.
        return StorageBill.Of(meter.Calls.Where(call => call.Kind != StorageCallKind.Query));
    }

    private static async Task<List<string>> JobsAsync(LocalHostProcess host, StorageMeter meter, CancellationToken cancellationToken)
    {
        using var api = new PipelineApi(host.BaseAddress);
        var counts = new List<string>();
        foreach (var job in Jobs)
        {
            meter.Calls.Clear();
            await api.RunJobAsync(job, cancellationToken);
            await api.WaitForJobAsync(job, cancellationToken);
            counts.Add(Show.Whole(meter.Calls.Count(call =>
                call.Kind is StorageCallKind.Query or StorageCallKind.ReadRow or StorageCallKind.WriteRow && call.Resource != "jobs|control")));
        }

        return counts;
    }
}
