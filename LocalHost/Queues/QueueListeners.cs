using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Queues;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.LocalHost.Queues;

/// <summary>
/// Feeds the queue functions by Microsoft's own listeners, the WebJobs SDK: which do the polling, lock renewal, retries, dequeue counts and poison
/// queues. Each queue function of the app is one method of a type generated here at run time (<see cref="ListenerType"/>).
/// </summary>
internal sealed partial class QueueListeners(
    IConfiguration configuration, HostSettings settings, FunctionCatalog functions, FunctionCaller caller, TimeProvider time, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = loggers.CreateLogger<QueueListeners>();
    private readonly CancellationTokenSource _stopping = new();
    private int _restarting;
    private Task _restart = Task.CompletedTask;
    private IHost? _host;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!functions.Queues.Any())
        {
            return Task.CompletedTask;
        }

        _host = Build();
        return _host.StartAsync(cancellationToken);
    }

    /// <summary>Stops receiving messages, asks running functions to stop, and waits for them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _restart;
        await (_host?.StopAsync(cancellationToken) ?? Task.CompletedTask);
    }

    public void Dispose()
    {
        _host?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>A failed listener stops polling, so all listeners are restarted, as the platform restarts its job host.</summary>
    private void OnFailure(Exception exception)
    {
        if (!_stopping.IsCancellationRequested && Interlocked.Exchange(ref _restarting, 1) == 0)
        {
            Log.Failed(_logger, exception.GetBaseException().Message);
            _restart = Task.Run(RestartAsync, CancellationToken.None);
        }
    }

    private async Task RestartAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(RestartPause, time, _stopping.Token);
                var former = _host!;
                await former.StopAsync(_stopping.Token);
                former.Dispose();
                // Before the start: a listener may fail again at once.
                Interlocked.Exchange(ref _restarting, 0);
                _host = Build();
                await _host.StartAsync(_stopping.Token);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the reason, another attempt is better than queues without a listener.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.Exchange(ref _restarting, 1);
                Log.Failed(_logger, exception.GetBaseException().Message);
            }
        }
    }

    private IHost Build() => new HostBuilder()
        .ConfigureAppConfiguration(builder => builder
            .AddConfiguration(configuration)
            .AddInMemoryCollection(settings.ForWebJobs))
        .ConfigureWebJobs(webJobs => webJobs.AddAzureStorageQueues())
        .ConfigureServices(services =>
        {
            services.AddSingleton(loggers);
            services.AddSingleton<ITypeLocator>(new ListenerTypes([ListenerType.Create(functions.Queues)]));
            services.AddSingleton<IJobActivator>(new ListenerActivator(new QueueDispatcher(functions, caller, loggers.CreateLogger<QueueDispatcher>())));
            services.AddSingleton<IHostIdProvider, HostId>();
            services.Configure<HostOptions>(options => options.ShutdownTimeout = LocalHostBuilder.ShutdownTimeout);
            services.AddSingleton<IHostLifetime, NoLifetime>();
            services.AddSingleton<IWebJobsExceptionHandler>(new ListenerFailure(OnFailure));
            if (settings.MessageLock != HostSettings.PlatformMessageLock)
            {
                services.AddSingleton<IQueueProcessorFactory>(new MessageLock.ProcessorFactory(settings.MessageLock));
                services.AddAzureClients(clients => clients.ConfigureDefaults(options => options.AddPolicy(
                    new MessageLock.ReceivePolicy(settings.MessageLock), Azure.Core.HttpPipelinePosition.PerCall)));
            }
        })
        .Build();

    private sealed class ListenerTypes(IReadOnlyList<Type> types) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => types;
    }

    private sealed class ListenerActivator(QueueDispatcher dispatcher) : IJobActivator
    {
        public T CreateInstance<T>() => (T)Activator.CreateInstance(typeof(T), dispatcher)!;
    }

    /// <summary>The same for every instance of the app; Microsoft's listeners use it to name their shared resources.</summary>
    private sealed class HostId : IHostIdProvider
    {
        public Task<string> GetHostIdAsync(CancellationToken cancellationToken) => Task.FromResult("uon-offerum");
    }

    /// <summary>LocalHost controls the lifetime of the process; a second console lifetime would handle Ctrl-C twice.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Warning, "The queue listeners failed ({Reason}); they are started again.")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
