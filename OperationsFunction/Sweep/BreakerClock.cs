using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Probes and releases on time: a timer function runs only every half minute, which is too slow for a recovered system. Runs in
/// the process that opened a breaker; reads no storage while all breakers are closed. The timer completes work that an ended process left behind.
/// </summary>
public sealed partial class BreakerClock(
    BreakerSignal signal, BreakerRecovery recovery, PipelineCatalog pipelines, TimeProvider time, ILogger<BreakerClock> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            var changes = signal.Take();
            var now = time.GetUtcNow();
            foreach (var name in changes.Select(c => c.Pipeline).Concat(_due.Where(d => d.Value <= now).Select(d => d.Key)).Distinct(StringComparer.Ordinal).ToList())
            {
                await RunAsync(name, changes.FirstOrDefault(c => c.Pipeline == name && c.By is not null)?.By, stoppingToken);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        if (_due.Count == 0)
        {
            await signal.WaitAsync(stoppingToken);
            return;
        }

        var wait = _due.Values.Min() - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(signal.WaitAsync(either.Token).AsTask(), Task.Delay(wait, time, either.Token));
        await either.CancelAsync();
    }

    private async Task RunAsync(string name, string? by, CancellationToken stoppingToken)
    {
        _due.Remove(name);
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return;
        }

        try
        {
            if (await recovery.RunAsync(pipeline, by, stoppingToken) is { } next)
            {
                _due[name] = next;
            }
        }
#pragma warning disable CA1031 // An unexpected failure must not end the loop; it is logged and the run is repeated.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(logger, name, e.GetType().Name);
            _due[name] = time.GetUtcNow() + AfterFailure;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1613, LogLevel.Warning, "{Pipeline}: open circuit breakers could not be checked ({Cause}); trying again in ten seconds")]
        public static partial void Failed(ILogger logger, string pipeline, string cause);
    }
}
