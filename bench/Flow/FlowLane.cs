using System.Collections.Concurrent;
using System.Diagnostics;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;

namespace UonOfferum.Bench.Flow;

/// <param name="Times">From the webhook's departure to the order's arrival.</param>
/// <param name="Cpu">Processor time of one lead.</param>
internal sealed record FlowRound(double PerSecond, IReadOnlyCollection<TimeSpan> Times, TimeSpan Cpu);

/// <summary>The same rounds of each program.</summary>
internal sealed record FlowRounds(List<FlowRound> App, List<FlowRound> Function, List<FlowRound> Floor);

/// <summary>Drives one program: a fixed number of leads is in progress, and the next begins when an order arrives.</summary>
internal sealed class FlowLane(string name, Uri address, UonSimulator uon, OfferumSimulator offerum, IReadOnlyList<Process> processes, Func<IEnumerable<string>> output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const int Lines = 40;

    private readonly WebhookClient _webhooks = new(address);
    private long _lastId;

    public OfferumSimulator Offerum => offerum;

    public async Task<FlowRound> RunAsync(int leads, int underWay, TimeSpan latency, CancellationToken cancellationToken)
    {
        uon.Latency = offerum.Latency = latency;
        var ids = Enumerable.Range(0, leads).Select(_ => ++_lastId).ToList();
        ids.ForEach(id => uon.Leads.Put(UonRecord.Lead(id)));
        offerum.Orders.Clear();
        uon.Calls.Clear();
        var times = new ConcurrentBag<TimeSpan>();
        var cpu = new CpuClock(processes);
        cpu.Start();
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = underWay, CancellationToken = cancellationToken }, async (id, cancellation) =>
        {
            var started = TimeProvider.System.GetTimestamp();
            var subId = $"lead-{id}";
            var arrived = offerum.Orders.WaitForAsync(1, order => order.SubId == subId, cancellation);
            await _webhooks.SendAsync(id, cancellation);
            await ArriveAsync(id, arrived, cancellation);
            times.Add(TimeProvider.System.GetElapsedTime(started));
        });
        var took = TimeProvider.System.GetElapsedTime(began);
        cpu.Stop();
        return new FlowRound(leads / took.TotalSeconds, times, cpu.Spent / leads);
    }

    private async Task ArriveAsync(long id, Task arrived, CancellationToken cancellationToken)
    {
        try
        {
            await arrived.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new BenchException($"{name}: lead {id} made no order in {Patience}. Its last lines:{Environment.NewLine}{string.Join(Environment.NewLine, output().TakeLast(Lines))}", e);
        }
    }

    public void Dispose() => _webhooks.Dispose();
}
