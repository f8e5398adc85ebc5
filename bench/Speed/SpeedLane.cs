using System.Collections.Concurrent;
using System.Globalization;
using UonOfferum.Bench.Costs;
using UonOfferum.Bench.Measuring;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Bench.Speed;

/// <summary>One app with one maximum polling interval, and the times of its leads.</summary>
internal sealed class SpeedLane : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CostRun _run;
    private readonly PipelineApi _api;
    private readonly ConcurrentBag<(long Id, DateTimeOffset Sent, DateTimeOffset Answered)> _sent = [];

    private SpeedLane(CostRun run) => (_run, _api) = (run, new PipelineApi(run.BaseAddress));

    /// <summary>Empty receives since <see cref="Forget"/>.</summary>
    public int Polls => _run.Meter.Calls.Count(call => call.Kind == StorageCallKind.EmptyReceive);

    public static async Task<SpeedLane> StartAsync(BenchStorage storage, TimeSpan longestPause, CancellationToken cancellationToken) => new(await CostRun.StartAsync(
        storage,
        [("AzureFunctionsJobHost:extensions:queues:maxPollingInterval", longestPause.ToString("c", CultureInfo.InvariantCulture)), .. HostSettings.Without(AppFunctions.OfOtherDestinations)],
        cancellationToken));

    public void Forget() => _run.Meter.Calls.Clear();

    /// <summary>Sends one webhook of a new lead.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var id = _run.NextLead();
        var sent = TimeProvider.System.GetUtcNow();
        await _run.Webhooks.SendAsync(id, cancellationToken);
        _sent.Add((id, sent, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Waits until the orders of all leads have arrived.</summary>
    public Task SoldAsync(CancellationToken cancellationToken)
    {
        var ids = _sent.Select(lead => SubId(lead.Id)).ToHashSet(StringComparer.Ordinal);
        return _run.Bed.Offerum.Orders.WaitForAsync(ids.Count, order => order.SubId is { } subId && ids.Contains(subId), cancellationToken).WaitAsync(Patience, cancellationToken);
    }

    /// <summary>Times of the leads sent since the last call. Their histories are read only now, because reading them earlier would load the app.</summary>
    public async Task<IReadOnlyList<LeadHops>> TakeAsync(CancellationToken cancellationToken)
    {
        await SoldAsync(cancellationToken);
        var arrived = _run.Bed.Offerum.Orders.ToDictionary(order => order.SubId!, order => order.At, StringComparer.Ordinal);
        var asked = _run.Bed.Uon.Calls.Where(call => call.Id is not null).ToLookup(call => call.Id!.Value, call => call.At);
        var hops = new List<LeadHops>();
        foreach (var (id, sent, answered) in _sent)
        {
            var operation = await _api.WaitForAsync(new OperationId(TestBed.Pipeline, RecordKind.Lead, id).ToString(), "Delivered", Patience, cancellationToken);
            hops.Add(LeadHops.Of(sent, answered, asked[id].Min(), arrived[SubId(id)], operation));
        }

        _sent.Clear();
        return hops;
    }

    private static string SubId(long id) => $"lead-{id}";

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _run.DisposeAsync();
    }
}
