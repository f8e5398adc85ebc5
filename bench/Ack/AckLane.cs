using System.Diagnostics;
using Azure.Storage.Queues;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Ack;

/// <summary>One of the programs compared.</summary>
internal sealed class AckLane(string name, Uri address, string? account, IReadOnlyList<Process> processes) : IDisposable
{
    private readonly WebhookClient _webhooks = new(address);
    private readonly CpuClock _cpu = new(processes);
    private long _id;

    public string Name => name;

    /// <summary>Times of the sequential requests.</summary>
    public List<TimeSpan> Times { get; } = [];

    /// <summary>Answers a second with many concurrent clients, by round.</summary>
    public List<double> PerSecond { get; } = [];

    /// <summary>Processor time of one answer in a burst.</summary>
    public TimeSpan Cpu { get; private set; }

    public async Task AskAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await _webhooks.SendAsync(++_id, cancellationToken);
        Times.Add(TimeProvider.System.GetElapsedTime(started));
    }

    public async Task BurstAsync(int requests, int clients, CancellationToken cancellationToken)
    {
        _cpu.Start();
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = clients, CancellationToken = cancellationToken }, async (_, cancellation) =>
            await _webhooks.SendAsync(Interlocked.Increment(ref _id), cancellation));
        PerSecond.Add(requests / TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        _cpu.Stop();
        Cpu = _cpu.Spent / (PerSecond.Count * requests);
    }

    /// <summary>Discards the measurements of the warm-up.</summary>
    public void Forget()
    {
        Times.Clear();
        PerSecond.Clear();
        _cpu.Reset();
    }

    /// <summary>Azurite slows down with every message that waits.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        if (account is not null)
        {
            await new QueueClient(account, "uon-records").ClearMessagesAsync(cancellationToken);
        }
    }

    public void Dispose() => _webhooks.Dispose();
}
