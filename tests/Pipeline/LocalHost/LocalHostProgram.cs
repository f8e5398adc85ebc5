using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>LocalHost as a user starts it, and what it then writes. Tests that need its app use <see cref="LocalHostProcess"/>.</summary>
internal sealed partial class LocalHostProgram : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Process _process;

    private LocalHostProgram(Process process)
    {
        _process = process;
        DataReceivedEventHandler take = (_, line) =>
        {
            lock (_output)
            {
                _output.AppendLine(line.Data);
            }
        };
        process.OutputDataReceived += take;
        process.ErrorDataReceived += take;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_output)
            {
                _errors.AppendLine(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The part of <see cref="Output"/> that went to the standard error stream.</summary>
    public string Errors
    {
        get
        {
            lock (_output)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Settings that let the app start; nothing in them is real.</summary>
    public static Dictionary<string, string> OnePipeline { get; } = new(StringComparer.Ordinal)
    {
        ["Pipelines__main__Webhook__Secret"] = "sixteen-or-more-letters",
        ["Pipelines__main__Uon__ApiKey"] = "uon-key-of-a-test",
        ["Pipelines__main__Uon__BaseAddress"] = "http://127.0.0.1:9",
        ["Pipelines__main__Offerum__ApiKey"] = "offerum-key-of-a-test",
        ["Pipelines__main__Offerum__Flow"] = "flow",
        ["Pipelines__main__Offerum__BaseAddress"] = "http://127.0.0.1:9",
    };

    /// <param name="folder">Gets a host.json and becomes the content root.</param>
    public static LocalHostProgram Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = LocalHostProcess.StartInfo(folder, args);
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal) || k.StartsWith("Pipelines__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new LocalHostProgram(Process.Start(start)!);
    }

    public Task<bool> SaysAsync(string text) => SaysAsync(output => output.Contains(text, StringComparison.Ordinal));

    /// <summary>Azurite's ports, from the block that LocalHost prints when it is ready.</summary>
    public async Task<string> AzuritePortsAsync()
    {
        Assert.True(await SaysAsync("Started in"), Output);
        return Ports().Match(Output).Value;
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TestTimeouts.Operation);
        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an operating system or a container ends a process.</summary>
    public void Terminate() => Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]).Dispose();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            await ExitCodeAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> SaysAsync(Func<string, bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition(Output))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > TestTimeouts.Operation)
            {
                return condition(Output);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return true;
    }

    [GeneratedRegex(@"Azurite on ports \d+, \d+, \d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ports();
}
