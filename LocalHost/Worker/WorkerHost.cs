using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.LocalHost.Worker;

/// <summary>Keeps one worker running. As on the platform, a worker that exits is restarted, and after the third exit the host stops.</summary>
internal sealed partial class WorkerHost : IAsyncDisposable
{
    public const int MaxDeaths = 3;

    private const int MaxLaunches = 3;

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly WorkerApp _app;
    private readonly Dictionary<string, string> _environment;
    private readonly string _workingDirectory;
    private readonly WorkerServer _server;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource<WorkerChannel> _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _watching = Task.CompletedTask;

    private WorkerHost(WorkerApp app, IConfiguration settings, string workingDirectory, WorkerServer server, TimeProvider time, ILoggerFactory loggers)
    {
        (_app, _workingDirectory, _server, _time, _loggers) = (app, workingDirectory, server, time, loggers);
        _environment = WorkerEnvironment.Of(settings, app);
        _logger = loggers.CreateLogger<WorkerHost>();
    }

    /// <summary>The app's functions, as its first worker reported them.</summary>
    public IReadOnlyList<RpcFunctionMetadata> Functions { get; private set; } = [];

    /// <summary>Process id of the current worker; 0 while there is none.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Completes when the worker has exited <see cref="MaxDeaths"/> times.</summary>
    public Task GaveUp => _gaveUp.Task;

    /// <exception cref="LocalHostException">The app does not start; the message is what it wrote to its error stream.</exception>
    public static async Task<WorkerHost> StartAsync(
        WorkerApp app, IConfiguration settings, string workingDirectory, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var server = await WorkerServer.StartAsync(loggers, cancellationToken);
        var host = new WorkerHost(app, settings, workingDirectory, server, time, loggers);
        try
        {
            var (process, channel) = await host.LaunchAsync(cancellationToken);
            host._current.SetResult(channel);
            host._watching = host.WatchAsync(process, channel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The worker, as soon as one is ready.</summary>
    public Task<WorkerChannel> ReadyAsync(CancellationToken cancellationToken) => _current.Task.WaitAsync(cancellationToken);

    /// <summary>Calls a function in the running worker, or in the next one if none is running.</summary>
    public async Task InvokeAsync(InvocationRequest request, CancellationToken cancellationToken) =>
        await (await ReadyAsync(cancellationToken)).InvokeAsync(request, cancellationToken);

    /// <summary>SIGKILL: no handler of the worker runs, its running calls fail, and no other worker is started.</summary>
    public async Task KillAsync()
    {
        // Killed first: otherwise WatchAsync would ask the worker to exit first.
        if (ProcessId != 0)
        {
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has exited.
            }
        }

        await _stopping.CancelAsync();
        await _watching;
    }

    /// <summary>Asks the worker to end, waits for a limited time, then ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _current.TrySetException(new FunctionFailedException("The host is shutting down."));
        await _watching;
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task<(WorkerProcess Process, WorkerChannel Channel)> LaunchAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await LaunchOnceAsync(cancellationToken);
            }
            catch (LocalHostException e) when (tries < MaxLaunches && e.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
            {
                // The worker finds a free port and binds it a moment later. On a busy machine another process may take it in between.
                Log.PortTaken(_logger);
            }
        }
    }

    private async Task<(WorkerProcess Process, WorkerChannel Channel)> LaunchOnceAsync(CancellationToken cancellationToken)
    {
        var channel = new WorkerChannel(RandomId.New(), _app, new WorkerLogs(_loggers));
        _server.Expect(channel);
        var process = WorkerProcess.Start(_app, _environment, _workingDirectory, _server.Endpoint, channel.WorkerId, _loggers.CreateLogger("Worker"));
        // Read it now: the process may be disposed before this runs.
        var id = process.Id;
        _ = process.Exited.ContinueWith(
            code => channel.Fail($"The worker (process {id}) ended with code {code.Result}."), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_environment.ContainsKey(StartupHook.WaitForDebugger) ? Timeout.InfiniteTimeSpan : StartPatience);
        try
        {
            Functions = await channel.InitializeAsync(patience.Token);
            ProcessId = id;
            return (process, channel);
        }
        catch (Exception exception)
        {
            await process.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var why = exception is OperationCanceledException ? $"it was not ready after {StartPatience.TotalMinutes:0} minutes." : exception.Message;
            throw exception is LocalHostException ? exception : new LocalHostException(
                process.Errors is { Length: > 0 } words ? words : $"The app did not start: {why}", exception);
        }
    }

    private async Task WatchAsync(WorkerProcess process, WorkerChannel channel)
    {
        var deaths = 0;
        while (true)
        {
            await Task.WhenAny(process.Exited, Task.Delay(Timeout.InfiniteTimeSpan, _time, _stopping.Token));
            if (_stopping.IsCancellationRequested)
            {
                channel.Terminate();
                await Task.WhenAny(process.Exited, Task.Delay(EndPatience, _time, CancellationToken.None));
                await process.DisposeAsync();
                return;
            }

            deaths++;
            ProcessId = 0;
            _current = new TaskCompletionSource<WorkerChannel>(TaskCreationOptions.RunContinuationsAsynchronously);
            Log.Died(_logger, process.Id, await process.Exited, deaths);
            await process.DisposeAsync();
            if (deaths >= MaxDeaths || await RestartAsync(deaths) is not { } next)
            {
                GiveUp();
                return;
            }

            (process, channel) = next;
            _current.TrySetResult(channel);
            Log.RunsAgain(_logger, process.Id);
        }
    }

    private async Task<(WorkerProcess Process, WorkerChannel Channel)?> RestartAsync(int deaths)
    {
        try
        {
            await Task.Delay(FirstPause * (1 << (deaths - 1)), _time, _stopping.Token);
            return await LaunchAsync(_stopping.Token);
        }
        catch (LocalHostException exception)
        {
            Log.NotStarted(_logger, exception.Message);
            return null;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private void GiveUp()
    {
        _current.TrySetException(new FunctionFailedException("The app's worker is not running."));
        if (!_stopping.IsCancellationRequested)
        {
            Log.GaveUp(_logger, MaxDeaths);
            _gaveUp.SetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(71, LogLevel.Error, "The worker (process {ProcessId}) ended with code {Code}; its running calls failed (exit {Deaths}). Starting it again.")]
        public static partial void Died(ILogger logger, int processId, int code, int deaths);

        [LoggerMessage(72, LogLevel.Information, "The worker is running again (process {ProcessId}).")]
        public static partial void RunsAgain(ILogger logger, int processId);

        [LoggerMessage(73, LogLevel.Error, "The worker could not be started again: {Reason}")]
        public static partial void NotStarted(ILogger logger, string reason);

        [LoggerMessage(75, LogLevel.Information, "Another process took the worker's port. Starting the worker again.")]
        public static partial void PortTaken(ILogger logger);

        [LoggerMessage(74, LogLevel.Critical, "The worker ended {Deaths} times or cannot be started. LocalHost exits, as the Functions host does.")]
        public static partial void GaveUp(ILogger logger, int deaths);
    }
}
