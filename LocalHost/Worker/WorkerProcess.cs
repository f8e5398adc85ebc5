using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace UonOfferum.LocalHost.Worker;

/// <summary>One operating system process that runs the app. Ends with LocalHost (<see cref="StartupHook"/>).</summary>
internal sealed partial class WorkerProcess : IAsyncDisposable
{
    // Enough to say why it did not start.
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ILogger _logger;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process, ILogger logger)
    {
        (_process, _logger) = (process, logger);
        process.OutputDataReceived += (_, line) => Print(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Print(line.Data, isError: true);
    }

    public int Id => _process.Id;

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>What it wrote to the standard error stream, its last lines.</summary>
    public string Errors => string.Join(Environment.NewLine, _errors);

    /// <param name="app">What to run.</param>
    /// <param name="environment">All of its variables.</param>
    /// <param name="workingDirectory">Its content root.</param>
    /// <param name="endpoint">Where the host listens for workers.</param>
    /// <param name="workerId">Names the worker to the host.</param>
    /// <param name="logger">For what it writes to its streams.</param>
    public static WorkerProcess Start(
        WorkerApp app, IReadOnlyDictionary<string, string> environment, string workingDirectory, Uri endpoint, string workerId, ILogger logger)
    {
        string[] arguments =
        [
            app.Assembly,
            $"--Functions:Worker:HostEndpoint={endpoint}",
            $"--Functions:Worker:WorkerId={workerId}",
            $"--Functions:Worker:RequestId={RandomId.New()}",
            "--Functions:Worker:GrpcMaxMessageLength=2147483647",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var worker = new WorkerProcess(new Process { StartInfo = start }, logger);
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        _ = worker.WatchAsync();
        return worker;
    }

    /// <summary>Closes its standard input, which ends it at once if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has already exited and closed the pipe.
        }

        await Exited;
        _process.Dispose();
    }

    private async Task WatchAsync()
    {
        // Also waits for the end of both streams, so that its last output is available once the exit is known.
        await _process.WaitForExitAsync(CancellationToken.None);
        _exited.SetResult(_process.ExitCode);
    }

    private void Print(string? line, bool isError)
    {
        if (line is null)
        {
            return;
        }

        if (isError)
        {
            _errors.Enqueue(line);
            while (_errors.Count > KeptLines && _errors.TryDequeue(out _))
            {
            }
        }

        Log.Line(_logger, line);
    }

    private static partial class Log
    {
        [LoggerMessage(70, LogLevel.Information, "{Line}")]
        public static partial void Line(ILogger logger, string line);
    }
}
