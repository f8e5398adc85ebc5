using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Settings;
using UonOfferum.LocalHost.Storage;

namespace UonOfferum.LocalHost.Queues;

/// <summary>All pumps: queues exist before HTTP listens, messages are taken once the app has started and until it is asked to stop.</summary>
internal sealed partial class QueuePumps : IHostedLifecycleService, IDisposable
{
    // For functions that heed their token, and for their messages to be hidden or moved.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoning = new();
    private readonly IReadOnlyList<QueuePump> _pumps;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Task _running = Task.CompletedTask;

    public QueuePumps(FunctionCatalog catalog, HostSettings settings, IConfiguration configuration, StorageAccounts accounts,
        IServiceScopeFactory scopes, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _logger = loggers.CreateLogger<QueuePumps>();
        _pumps = [.. catalog.Queues.Select(function =>
        {
            var name = SettingNames.Resolve(configuration, function.Name, function.QueueName);
            var service = accounts.Queues(function.Connection);
            var (queue, poison) = (service.GetQueueClient(name), PoisonQueue(service, name));
            var processor = new MessageProcessor(function.Name, new FunctionRunner(function, settings.FunctionTimeout, time),
                queue, poison, settings.Queues, scopes, time, loggers.CreateLogger<MessageProcessor>());
            return new QueuePump(queue, processor, settings.Queues, time, loggers.CreateLogger<QueuePump>());
        })];
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_pumps.Select(pump => pump.CreateQueueAsync(cancellationToken)));
        }
#pragma warning disable CA1031 // The app starts without its storage and says so in its health; the pumps try again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotCreated(_logger, exception.InnermostMessage());
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_pumps.Select(pump => Task.Run(() => pump.RunAsync(_stopping.Token, _abandoning.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    /// <summary>Waits for what runs; when the host's patience is over, tells the functions to give up and lets them say so.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await _abandoning.CancelAsync();
            await Task.WhenAny(_running, Task.Delay(Grace, _time, CancellationToken.None));
            Log.Abandoned(_logger);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stopping.Dispose();
        _abandoning.Dispose();
    }

    private static QueueClient? PoisonQueue(QueueServiceClient service, string name) =>
        name.EndsWith("-poison", StringComparison.Ordinal) ? null : service.GetQueueClient(name + "-poison");

    private static partial class Log
    {
        [LoggerMessage(30, LogLevel.Warning, "The queues could not be made at the start: {Reason} They will be when storage answers.")]
        public static partial void NotCreated(ILogger logger, string reason);

        [LoggerMessage(31, LogLevel.Warning, "Functions were still running when the time to stop was over; their messages come again.")]
        public static partial void Abandoned(ILogger logger);
    }
}
