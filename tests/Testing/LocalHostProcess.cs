using System.Diagnostics;
using System.Text.RegularExpressions;

namespace UonOfferum.Testing;

/// <summary>
/// LocalHost as a process of its own, so that it can be killed for real. It runs in an empty folder with only <c>host.json</c>: no
/// setting of the machine's user reaches it.
/// </summary>
public sealed partial class LocalHostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly LineWatch _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _workerId;
    private Uri? _address;
    private int _disposed;

    private LocalHostProcess(ProcessStartInfo start, string folder)
    {
        _folder = folder;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new TestBedException("LocalHost ended before it listened."));
    }

    /// <summary>Where it listens, without the route prefix.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Everything it wrote, in order.</summary>
    public IReadOnlyCollection<string> Output => _lines.Lines;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>LocalHost and the app's worker, for outside instruments such as CPU clocks.</summary>
    public IReadOnlyList<Process> Processes => [_process, Worker];

    /// <summary>The app's own process, as the start-up lines name it.</summary>
    public Process Worker => field ??= Process.GetProcessById(_workerId);

    /// <summary>Returns once HTTP listens.</summary>
    /// <param name="settings">As in configuration, with <c>:</c>; laid over the environment.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <param name="port">0: any that is free.</param>
    public static async Task<LocalHostProcess> StartAsync(
        IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken, int port = 0)
    {
        var folder = Directory.CreateTempSubdirectory("localhost-").FullName;
        var start = StartInfo(folder, "--no-demo", "--urls", $"http://127.0.0.1:{port}");
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var host = new LocalHostProcess(start, folder);
        try
        {
            host._process.Start();
            host._process.BeginOutputReadLine();
            host._process.BeginErrorReadLine();
            host.BaseAddress = await host._listening.Task.WaitAsync(TestTimeouts.Operation, cancellationToken);
            return host;
        }
        catch (Exception exception)
        {
            var last = string.Join('\n', host._lines.Lines.TakeLast(20));
            await host.DisposeAsync();
            throw exception is TestBedException or TimeoutException ? new TestBedException($"LocalHost did not start. It said:\n{last}", exception) : exception;
        }
    }

    /// <param name="folder">Gets a host.json and becomes the content root.</param>
    /// <param name="args">As on LocalHost's command line.</param>
    public static ProcessStartInfo StartInfo(string folder, params IEnumerable<string> args)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "host.json"), Path.Combine(folder, "host.json"), overwrite: true);
        return new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "UonOfferum.LocalHost.dll"), .. args])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM; completes with the exit code when the process is gone.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Completes when a line holding the text was or is written.</summary>
    public Task WaitForLineAsync(string text, TimeSpan patience, CancellationToken cancellationToken) => _lines.WaitAsync(text, patience, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Add(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _address = new Uri(match.Groups["address"].Value + "/");
        }
        else if (WorkerLine().Match(line) is { Success: true } worker)
        {
            // The last of the start-up lines that matters here.
            _workerId = int.Parse(worker.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture);
            _listening.TrySetResult(_address!);
        }
    }

    [GeneratedRegex(@"^  Listening  (?<address>http://[^/]+)/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();

    [GeneratedRegex(@"^  Worker     process (?<id>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WorkerLine();
}
