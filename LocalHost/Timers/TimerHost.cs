using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Settings;
using UonOfferum.LocalHost.Storage;

namespace UonOfferum.LocalHost.Timers;

/// <summary>Runs the timers while this instance holds the lease; waits for it otherwise.</summary>
internal sealed partial class TimerHost : IHostedLifecycleService, IDisposable
{
    public const string Container = "azure-webjobs-hosts";
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    // As in the Functions host, a timer that runs this often is not monitored: the next run comes soon enough.
    private static readonly TimeSpan OftenEnough = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoning = new();
    private readonly IReadOnlyList<TimerLoop> _timers;
    private readonly TimerLease _lease;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _onDemandLock = new();
    private Task _running = Task.CompletedTask;
    private Task _onDemand = Task.CompletedTask;

    public TimerHost(
        FunctionCatalog catalog, FunctionCaller caller, IConfiguration configuration, StorageAccounts accounts, TimeProvider time, ILoggerFactory loggers)
    {
        (_time, _logger) = (time, loggers.CreateLogger<TimerHost>());
        var container = accounts.Blobs().GetBlobContainerClient(Container);
        _lease = new TimerLease(container, time);
        _timers = [.. catalog.Timers.Select(function =>
        {
            var schedule = new TimerSchedule(function.Name, SettingNames.Resolve(configuration, function.Name, function.Schedule));
            var status = function.UseMonitor && !schedule.RunsWithin(OftenEnough, time.GetUtcNow()) ? new TimerStatus(container, function.Name) : null;
            return new TimerLoop(function, schedule, caller, status, time, loggers.CreateLogger<TimerLoop>());
        })];
    }

    /// <summary>Runs a timer function now, lease or not; false when there is no function of that name.</summary>
    public bool TryRun(string name)
    {
        if (_timers.FirstOrDefault(timer => string.Equals(timer.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } timer)
        {
            return false;
        }

        var run = Task.Run(() => timer.CallAsync(isPastDue: false, _abandoning.Token), CancellationToken.None);
        lock (_onDemandLock)
        {
            _onDemand = Task.WhenAll(_onDemand, run);
        }

        return true;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _running = _timers.Count == 0 ? Task.CompletedTask : Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_running, _onDemand).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await _abandoning.CancelAsync();
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var timer in _timers)
        {
            timer.Dispose();
        }

        _stopping.Dispose();
        _abandoning.Dispose();
    }

    private async Task RunAsync()
    {
        string? told = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (await _lease.TryAcquireAsync(_stopping.Token))
                {
                    told = null;
                    await RunWhileHeldAsync();
                }
                else if (told != "held")
                {
                    told = "held";
                    Log.HeldElsewhere(_logger);
                }
            }
#pragma warning disable CA1031 // Without storage there is no lease and so no timer; the failure is logged once and retried.
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (told != "failure")
                {
                    told = "failure";
                    Log.NoLease(_logger, exception.GetType().Name);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.WhenAny(Task.Delay(Retry, _time, _stopping.Token));
        }
    }

    private async Task RunWhileHeldAsync()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var release = new CancellationTokenSource();
        var loops = Task.WhenAll(_timers.Select(timer => timer.RunAsync(over.Token, _abandoning.Token)));
        var holding = _lease.HoldAsync(release.Token);
        await Task.WhenAny(holding, Task.Delay(Timeout.InfiniteTimeSpan, _time, _stopping.Token));

        // The lease is kept until the last run is over: another instance must not start a run in parallel.
        await over.CancelAsync();
        await loops;
        await release.CancelAsync();
        await holding;
        await _lease.ReleaseAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(52, LogLevel.Information, "Another instance runs the timers; this one waits for its turn.")]
        public static partial void HeldElsewhere(ILogger logger);

        [LoggerMessage(53, LogLevel.Warning, "The timer lease cannot be acquired ({Reason}); no timer runs until it can.")]
        public static partial void NoLease(ILogger logger, string reason);
    }
}
