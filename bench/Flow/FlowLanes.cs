using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Flow;

/// <summary>The app and its floors (a function app on the same host, and a bare program), all running, each with an account and simulators of its own.</summary>
internal sealed class FlowLanes : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private FlowLanes()
    {
    }

    public FlowLane App { get; private set; } = null!;

    /// <summary><c>bench/FloorApp</c> on the same host.</summary>
    public FlowLane Function { get; private set; } = null!;

    /// <summary>The bare program, without the host.</summary>
    public FlowLane Floor { get; private set; } = null!;

    public LocalHostProcess AppProcess { get; private set; } = null!;

    public FloorProcess FloorProcess { get; private set; } = null!;

    public BenchStorage Storage { get; private set; } = null!;

    public TestBed AppBed { get; private set; } = null!;

    public TestBed FloorBed { get; private set; } = null!;

    public static async Task<FlowLanes> StartAsync(CancellationToken cancellationToken)
    {
        var lanes = new FlowLanes();
        try
        {
            await lanes.StartPartsAsync(cancellationToken);
            return lanes;
        }
        catch
        {
            await lanes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until the compiler's second tier has replaced what runs often; the app has more code than the floor, and needs longer.</summary>
    public async Task WarmAsync(int leads, int underWay, CancellationToken cancellationToken)
    {
        await App.RunAsync(leads, underWay, TimeSpan.Zero, cancellationToken);
        await Function.RunAsync(leads, underWay, TimeSpan.Zero, cancellationToken);
        await Floor.RunAsync(leads, underWay, TimeSpan.Zero, cancellationToken);
    }

    /// <returns>The rounds of the app, of the function app and of the bare program.</returns>
    public async Task<FlowRounds> RunAsync(
        int rounds, int leads, int underWay, TimeSpan latency, CancellationToken cancellationToken)
    {
        var kept = new FlowRounds([], [], []);
        (FlowLane Lane, List<FlowRound> Rounds)[] lanes = [(App, kept.App), (Function, kept.Function), (Floor, kept.Floor)];
        for (var round = 0; round < rounds; round++)
        {
            // They alternate, because the first of a round runs on a cooler machine.
            for (var n = 0; n < lanes.Length; n++)
            {
                var (lane, results) = lanes[(round + n) % lanes.Length];
                results.Add(await lane.RunAsync(leads, underWay, latency, cancellationToken));
            }
        }

        return kept;
    }

    public async ValueTask DisposeAsync()
    {
        App?.Dispose();
        Function?.Dispose();
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
        App = new FlowLane("the app", AppProcess.BaseAddress, AppBed.Uon, AppBed.Offerum, AppProcess.Processes, () => AppProcess.Output);

        // The floor copies the rows of a lead that the app delivered.
        await App.RunAsync(1, 1, TimeSpan.Zero, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        var functionBed = await TestBed.StartAsync(Storage.NewAccount(), cancellationToken);
        _parts.Push(functionBed);
        await FloorAppSettings.CreateQueuesAsync(functionBed.Storage, cancellationToken);
        var function = await LocalHostProcess.StartAsync([.. FloorAppSettings.Flow(functionBed, AppBed.Storage)], cancellationToken);
        _parts.Push(function);
        Function = new FlowLane("function app", function.BaseAddress, functionBed.Uon, functionBed.Offerum, function.Processes, () => function.Output);
        _parts.Push(FloorProcess = await FloorProcess.StartAsync(
            "flow", [("AzureWebJobsStorage", FloorBed.Storage), .. FloorAppSettings.Calls(FloorBed, AppBed.Storage)], cancellationToken));
        Floor = new FlowLane("bare program", FloorProcess.BaseAddress, FloorBed.Uon, FloorBed.Offerum, [FloorProcess.Process], () => []);
    }
}
