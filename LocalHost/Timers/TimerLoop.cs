using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;

namespace UonOfferum.LocalHost.Timers;

/// <summary>Runs one timer function when its schedule says so, never twice at once.</summary>
internal sealed partial class TimerLoop(
    TimerFunction function, TimerSchedule schedule, FunctionCaller caller, TimerStatus? status, TimeProvider time, ILogger logger) : IDisposable
{
    // The longest single delay of a timer.
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _one = new(1, 1);

    public string Name => function.Name;

    /// <summary>Ends when asked to, after the current run.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        try
        {
            var pastDue = schedule.IsPastDue(await LastAsync(stopping), time.GetUtcNow());
            if (function.RunOnStartup || pastDue)
            {
                var now = time.GetUtcNow();
                await CallAsync(pastDue, abandoning);
                await NoteAsync(now, abandoning);
            }

            while (schedule.Next(time.GetUtcNow()) is { } next)
            {
                await UntilAsync(next, stopping);
                await CallAsync(isPastDue: false, abandoning);
                await NoteAsync(next, abandoning);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ends the delay.
        }
    }

    /// <summary>Also for runs on demand; a failure is logged, and the next run happens on schedule.</summary>
    public async Task CallAsync(bool isPastDue, CancellationToken abandoning)
    {
        await _one.WaitAsync(abandoning);
        try
        {
            await caller.CallAsync(function, isPastDue, abandoning);
        }
#pragma warning disable CA1031 // Whatever a function throws is a failed run; the schedule continues.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, function.Name, exception);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task UntilAsync(DateTimeOffset next, CancellationToken stopping)
    {
        while (next - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            // Clock resolutions differ: a delay that is rounded down would end slightly early.
            await Task.Delay(left < Day ? left + TimeSpan.FromMilliseconds(1) : Day, time, stopping);
        }
    }

    private async Task<DateTimeOffset?> LastAsync(CancellationToken cancellationToken)
    {
        try
        {
            return status is null ? null : await status.ReadAsync(cancellationToken);
        }
#pragma warning disable CA1031 // Without the status only a missed run stays undetected.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NoNote(logger, function.Name, exception.GetType().Name);
            return null;
        }
    }

    private async Task NoteAsync(DateTimeOffset last, CancellationToken cancellationToken)
    {
        try
        {
            await (status?.WriteAsync(last, cancellationToken) ?? Task.CompletedTask);
        }
#pragma warning disable CA1031 // Without the status only a missed run stays undetected.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NoNote(logger, function.Name, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(50, LogLevel.Error, "{Function} failed; it runs again on schedule.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);

        [LoggerMessage(51, LogLevel.Warning, "The last run of {Function} could not be read or stored ({Reason}).")]
        public static partial void NoNote(ILogger logger, string function, string reason);
    }
}
