using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Http;
using UonOfferum.LocalHost.Output;
using UonOfferum.LocalHost.Settings;
using UonOfferum.LocalHost.Storage;
using UonOfferum.LocalHost.Worker;

namespace UonOfferum.LocalHost;

/// <summary>The function app, running without Azure: its own worker process, triggered by HTTP, queues and timers on real storage.</summary>
public sealed class LocalHostApp : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly WorkerHost _worker;
    private readonly ILoggerFactory _loggers;
    private readonly AzuriteKeeper? _azurite;
    private int _disposed;

    private LocalHostApp(WebApplication web, WorkerHost worker, ILoggerFactory loggers, AzuriteProcess? azurite, TimeSpan took)
    {
        (_web, _worker, _loggers) = (web, worker, loggers);
        _azurite = azurite is null ? null : new AzuriteKeeper(azurite, TimeProvider.System, loggers.CreateLogger<AzuriteKeeper>());
        BaseAddress = new Uri(web.Urls.First()
            .Replace("[::]", "127.0.0.1", StringComparison.Ordinal)
            .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        Banner = StartupBanner.Format(
            web.Services.GetRequiredService<FunctionCatalog>(), Settings, BaseAddress, Keys,
            _azurite?.ToString() ?? $"the account in {StorageAccounts.Default}", worker.ProcessId, took);
        _ = StopWithTheWorkerAsync();
    }

    /// <summary>Where it listens, without the route prefix.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The base address of the functions: with the route prefix, ending in a slash.</summary>
    public Uri FunctionsAddress => new(BaseAddress, Settings.RoutePrefix is { Length: > 0 } prefix ? prefix + "/" : "");

    public string FunctionKey => Keys.Function.Value;

    public string MasterKey => Keys.Master.Value;

    /// <summary>The queues that the app's functions take messages from.</summary>
    public IReadOnlyList<string> Queues => [.. FunctionCatalog.Read(_worker.Functions).Queues.Select(q => q.Queue)];

    /// <summary>Process id of the current worker; 0 while there is none.</summary>
    public int WorkerProcessId => _worker.ProcessId;

    /// <summary>Ends when the process is asked to end (Ctrl-C, SIGTERM) or the app stops itself.</summary>
    public CancellationToken Stopping => _web.Lifetime.ApplicationStopping;

    /// <summary>The worker crashed too often, so LocalHost is stopping.</summary>
    public bool HasFailed => _worker.GaveUp.IsCompleted;

    /// <summary>The addresses in use, for the console.</summary>
    public string Banner { get; }

    private HostSettings Settings => _web.Services.GetRequiredService<HostSettings>();

    private HostKeys Keys => _web.Services.GetRequiredService<HostKeys>();

    /// <summary>Starts everything; returns once the HTTP server and the queue listeners run.</summary>
    /// <param name="args">As on the command line.</param>
    /// <param name="configure">Settings that override all others; for tests and benchmarks.</param>
    /// <param name="logging">Additional log providers; for tests.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="LocalHostException">It cannot start; the message says why and what to do.</exception>
    public static async Task<LocalHostApp> StartAsync(
        IReadOnlyList<string> args, Action<IConfigurationBuilder>? configure = null, Action<ILoggingBuilder>? logging = null, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var line = CommandLine.Parse(args);
        var builder = LocalHostBuilder.Create(line, configure);
        var root = builder.Environment.ContentRootPath;
        var hostJson = HostJson.Load(Path.Combine(root, "host.json"), builder.Configuration);
        var settings = hostJson.Read(builder.Configuration);
        var app = WorkerApp.Find(builder.Configuration[WorkerApp.Setting]);
        var loggers = LocalHostBuilder.CreateLogging(hostJson, logging);
        AzuriteProcess? azurite = null;
        WorkerHost? worker = null;
        WebApplication? web = null;
        try
        {
            if (!StorageAccounts.IsConfigured(builder.Configuration))
            {
                azurite = await AzuriteProcess.StartAsync(Path.Combine(root, ".azurite"), cancellationToken: cancellationToken);
                LocalHostBuilder.Set(builder, StorageAccounts.Default, azurite.ConnectionString);
            }

            worker = await WorkerHost.StartAsync(app, builder.Configuration, root, TimeProvider.System, loggers, cancellationToken);
            web = LocalHostBuilder.Build(builder, settings, worker, loggers);
            await web.StartAsync(cancellationToken);
            return new LocalHostApp(web, worker, loggers, azurite, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            await DisposeAsync(web, worker, azurite, loggers);
            throw exception is IOException { InnerException: AddressInUseException }
                ? new LocalHostException(
                    $"Another process already listens on {line.Url.GetLeftPart(UriPartial.Authority)}: end it, "
                    + "or choose another address, for example --urls http://127.0.0.1:7072.", exception)
                : Explained(exception);
        }
    }

    /// <summary>Returns when <see cref="Stopping"/> has ended.</summary>
    public async Task WaitForShutdownAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Stopping.Register(stopping.SetResult);
        await stopping.Task;
    }

    /// <summary>Ends as an instance that is lost: the worker is killed, and no call is waited for. For tests.</summary>
    public async Task KillAsync()
    {
        if (Volatile.Read(ref _disposed) == 0)
        {
            await _worker.KillAsync();
        }

        await DisposeAsync();
    }

    /// <summary>Stops accepting work, lets running work finish, then ends the worker and Azurite.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            await _web.StopAsync();
        }
        finally
        {
            await DisposeAsync(_web, _worker, _azurite, _loggers);
        }
    }

    private static async Task DisposeAsync(WebApplication? web, WorkerHost? worker, IAsyncDisposable? azurite, ILoggerFactory loggers)
    {
        await (web?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (worker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
        loggers.Dispose();
    }

    // Microsoft's option validators explain errors in host.json well, but in an inner exception.
    private static Exception Explained(Exception exception) =>
        exception is Microsoft.Azure.WebJobs.Host.Indexers.FunctionIndexingException
        || (exception is InvalidOperationException or ArgumentException && exception.StackTrace?.Contains(nameof(LocalHost.Queues.QueueListeners), StringComparison.Ordinal) == true)
            ? new LocalHostException($"The host's settings cannot be used: {exception.GetBaseException().Message}", exception)
            : exception;

    private async Task StopWithTheWorkerAsync()
    {
        await _worker.GaveUp;
        _web.Lifetime.StopApplication();
    }
}
