using System.Diagnostics;
using Azure.Storage.Queues;
using UonOfferum.Bench.FloorApp;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Bench.Depth;

/// <summary>A backlog: the messages are queued before the program starts, and its first leads are measured.</summary>
internal static class MessageDepth
{
    private const int Warm = 50;
    private const int Measured = 50;

    public static async Task MeasureAsync(Report report, int[] depths, CancellationToken cancellationToken)
    {
        var table = report.Table("Waiting messages: the 51st to 100th lead of a backlog", "Waiting", "requests a lead", "time a lead", "floor", "ratio", "memory", "CPU a lead");
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        var template = await TemplateAsync(storage, cancellationToken);
        foreach (var depth in depths)
        {
            var app = await RunAsync(storage, depth, async bed =>
            {
                var host = await bed.StartHostAsync(cancellationToken, [.. HostSettings.Measured, .. HostSettings.WithoutTimers, ("Pipelines:main:Uon:MaxAge", "3650.00:00:00")]);
                return (host, host.Processes);
            }, cancellationToken);
            var floor = await RunAsync(storage, depth, async bed =>
            {
                var process = await FloorProcess.StartAsync("flow", [("AzureWebJobsStorage", bed.Storage), .. FloorAppSettings.Calls(bed, template)], cancellationToken);
                return (process, [process.Process]);
            }, cancellationToken);
            table.Add(Show.Whole(depth), Show.Number(app.Requests, "0.00"), Show.Ms(app.Time), Show.Ms(floor.Time), Show.Ratio(app.Time / floor.Time), Show.MiB(app.Memory), Show.Ms(app.Cpu));
        }
    }

    private static async Task<DepthResult> RunAsync(
        BenchStorage storage, int depth, Func<TestBed, Task<(IAsyncDisposable Program, IReadOnlyList<Process> Processes)>> startAsync, CancellationToken cancellationToken)
    {
        await using var meter = await StorageMeter.StartAsync(storage.NewAccount(), cancellationToken);
        await using var bed = await TestBed.StartAsync(meter.ConnectionString, cancellationToken);
        var queue = new QueueClient(bed.Storage, "uon-records", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Parallel.ForAsync(1, depth + 1, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (id, cancellation) =>
        {
            bed.Uon.Leads.Put(UonRecord.Lead(id));
            await queue.SendMessageAsync(FloorLead.Message(id), timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellation);
        });
        var (program, processes) = await startAsync(bed);
        await using (program)
        {
            var cpu = new CpuClock(processes);
            await bed.Offerum.Orders.WaitForAsync(Warm, _ => true, cancellationToken);
            cpu.Start();
            meter.Calls.Clear();
            var began = TimeProvider.System.GetTimestamp();
            await bed.Offerum.Orders.WaitForAsync(Warm + Measured, _ => true, cancellationToken);
            cpu.Stop();
            var took = TimeProvider.System.GetElapsedTime(began);
            // The app is the last of them.
            var process = processes[^1];
            process.Refresh();

            // Both stages run at once, so the requests of one lead are calculated from the deliveries completed in the time.
            var bill = StorageBill.Of(meter.Calls);
            var steps = bill.Counted.GetValueOrDefault(StorageCallKind.Batch) / 3d;
            return new DepthResult((bill.Total / steps) + 1, took / Measured, process.WorkingSet64, cpu.Spent / Measured);
        }
    }

    private static async Task<string> TemplateAsync(BenchStorage storage, CancellationToken cancellationToken)
    {
        await using var bed = await TestBed.StartAsync(storage.NewAccount(), cancellationToken);
        await using var host = await bed.StartHostAsync(cancellationToken, HostSettings.Measured);
        using var lane = new Flow.FlowLane("the app", host.BaseAddress, bed.Uon, bed.Offerum, host.Processes, () => host.Output);
        await lane.RunAsync(1, 1, TimeSpan.Zero, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        return bed.Storage;
    }
}

/// <param name="Requests">Storage requests of one lead, its webhook's included.</param>
/// <param name="Time">Between two orders.</param>
/// <param name="Memory">Working set in bytes.</param>
/// <param name="Cpu">Processor time of one lead.</param>
internal sealed record DepthResult(double Requests, TimeSpan Time, long Memory, TimeSpan Cpu);
