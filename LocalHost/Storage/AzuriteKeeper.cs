using Microsoft.Extensions.Logging;

namespace UonOfferum.LocalHost.Storage;

/// <summary>Keeps Azurite running while LocalHost does: if it exits, it is restarted on the same ports.</summary>
internal sealed partial class AzuriteKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _watching;
    private AzuriteProcess _azurite;

    public AzuriteKeeper(AzuriteProcess azurite, TimeProvider time, ILogger logger)
    {
        (_azurite, _time, _logger) = (azurite, time, logger);
        _watching = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        await _azurite.DisposeAsync();
        _stopping.Dispose();
    }

    public override string ToString() =>
        $"Azurite on ports {string.Join(", ", _azurite.Ports)}{(_azurite.TookOver ? " (was already running)" : "")}, data in {_azurite.DataFolder}";

    private async Task WatchAsync()
    {
        var told = false;
        try
        {
            while (true)
            {
                await Task.Delay(Look, _time, _stopping.Token);
                if (!_azurite.IsRunning)
                {
                    told = await RestartAsync(told);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // LocalHost is stopping.
        }
    }

    /// <returns>Whether the failure was reported and lasts.</returns>
    private async Task<bool> RestartAsync(bool told)
    {
        if (!told)
        {
            Log.Died(_logger, _azurite.ProcessId);
        }

        try
        {
            // Start the new one before releasing the old one, so that the folder stays marked as in use.
            var old = _azurite;
            _azurite = await AzuriteProcess.StartAsync(old.DataFolder, new AzuriteOptions(old.Ports), _time, _stopping.Token);
            await old.DisposeAsync();
            Log.Restarted(_logger, _azurite.ProcessId);
            return false;
        }
        catch (LocalHostException exception)
        {
            if (!told)
            {
                Log.NotRestarted(_logger, exception.Message);
            }

            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(60, LogLevel.Error, "Azurite (process {ProcessId}) died. It may have lost data from its last five seconds. Starting it again.")]
        public static partial void Died(ILogger logger, int processId);

        [LoggerMessage(61, LogLevel.Information, "Azurite is running again (process {ProcessId}).")]
        public static partial void Restarted(ILogger logger, int processId);

        [LoggerMessage(62, LogLevel.Error, "Azurite could not be started again: {Reason} Retrying.")]
        public static partial void NotRestarted(ILogger logger, string reason);
    }
}
