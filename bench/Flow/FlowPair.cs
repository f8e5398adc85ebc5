using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Flow;

/// <summary>The app and its floor, both running, each with an account and simulators of its own.</summary>
internal sealed class FlowPair : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private FlowPair()
    {
    }

    public FlowLane App { get; private set; } = null!;

    public FlowLane Floor { get; private set; } = null!;

    public LocalHostProcess AppProcess { get; private set; } = null!;

    public FloorProcess FloorProcess { get; private set; } = null!;

    public BenchStorage Storage { get; private set; } = null!;

    public TestBed AppBed { get; private set; } = null!;

    public TestBed FloorBed { get; private set; } = null!;

    public static async Task<FlowPair> StartAsync(CancellationToken cancellationToken)
    {
        var pair = new FlowPair();
        try
        {
            await pair.StartPartsAsync(cancellationToken);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until the compiler's second tier has replaced what runs often; the app has more code than the floor, and needs longer.</summary>
    public async Task WarmAsync(int leads, int underWay, CancellationToken cancellationToken)
    {
        await App.RunAsync(leads, underWay, TimeSpan.Zero, cancellationToken);
        await Floor.RunAsync(leads, underWay, TimeSpan.Zero, cancellationToken);
    }

    public async Task<(List<FlowRound> App, List<FlowRound> Floor)> RunAsync(
        int rounds, int leads, int underWay, TimeSpan latency, CancellationToken cancellationToken)
    {
        var (app, floor) = (new List<FlowRound>(), new List<FlowRound>());
        for (var round = 0; round < rounds; round++)
        {
            // Whoever goes first has the cooler machine; take turns.
            foreach (var (lane, kept) in round % 2 == 0 ? [(App, app), (Floor, floor)] : new[] { (Floor, floor), (App, app) })
            {
                kept.Add(await lane.RunAsync(leads, underWay, latency, cancellationToken));
            }
        }

        return (app, floor);
    }

    public async ValueTask DisposeAsync()
    {
        App?.Dispose();
        Floor?.Dispose();
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        _parts.Push(Storage = await BenchStorage.StartAsync(cancellationToken));
        _parts.Push(AppBed = await TestBed.StartAsync(Storage.NewAccount(), cancellationToken));
        _parts.Push(FloorBed = await TestBed.StartAsync(Storage.NewAccount(), cancellationToken));
        _parts.Push(AppProcess = await AppBed.StartHostAsync(cancellationToken, [.. HostSettings.Measured, ("Pipelines:main:Uon:Timeout", "00:00:30"), ("Pipelines:main:Offerum:Timeout", "00:00:30")]));
        App = new FlowLane(AppProcess.BaseAddress, AppBed.Uon, AppBed.Offerum, AppProcess.Process);

        // The floor copies the rows of a lead that the app delivered.
        await App.RunAsync(1, 1, TimeSpan.Zero, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        _parts.Push(FloorProcess = await FloorProcess.StartAsync(
            "flow",
            [
                ("AzureWebJobsStorage", FloorBed.Storage), ("FLOOR_TEMPLATE", AppBed.Storage),
                ("FLOOR_UON", FloorBed.Uon.BaseAddress.ToString()), ("FLOOR_OFFERUM", FloorBed.Offerum.BaseAddress.ToString()),
            ],
            cancellationToken));
        Floor = new FlowLane(FloorProcess.BaseAddress, FloorBed.Uon, FloorBed.Offerum, FloorProcess.Process);
    }
}
