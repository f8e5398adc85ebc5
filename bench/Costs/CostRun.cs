using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Bench.Costs;

/// <summary>A warm app whose storage requests go through the meter.</summary>
internal sealed class CostRun : IAsyncDisposable
{
    private readonly LocalHostProcess _host;
    private long _lastId;

    private CostRun(StorageMeter meter, TestBed bed, LocalHostProcess host)
    {
        (Meter, Bed, _host) = (meter, bed, host);
        Webhooks = new WebhookClient(host.BaseAddress);
    }

    public StorageMeter Meter { get; }

    public Uri BaseAddress => _host.BaseAddress;

    public TestBed Bed { get; }

    public WebhookClient Webhooks { get; }

    public static async Task<CostRun> StartAsync(BenchStorage storage, IEnumerable<(string Key, string Value)> settings, CancellationToken cancellationToken)
    {
        var meter = await StorageMeter.StartAsync(storage.NewAccount(), cancellationToken);
        var bed = await TestBed.StartAsync(meter.ConnectionString, cancellationToken);
        var run = new CostRun(meter, bed, await bed.StartHostAsync(cancellationToken, [.. HostSettings.Measured, .. settings]));

        // The first lead creates the table and the key of the phone index.
        await run.BillAsync(() => run.DeliverAsync(1, cancellationToken), cancellationToken);
        return run;
    }

    /// <summary>A number that no lead has yet.</summary>
    public long NextId() => Interlocked.Increment(ref _lastId);

    public long NextLead()
    {
        var id = NextId();
        Bed.Uon.Leads.Put(UonRecord.Lead(id));
        return id;
    }

    public Task DeliverAsync(int leads, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, leads, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken }, async (_, cancellation) =>
            await Webhooks.SendAsync(NextLead(), cancellation));

    public Task<StorageBill> BillAsync(Func<Task> work, CancellationToken cancellationToken) => Meter.BillAsync(work, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Webhooks.Dispose();
        await _host.DisposeAsync();
        await Bed.DisposeAsync();
        await Meter.DisposeAsync();
    }
}
