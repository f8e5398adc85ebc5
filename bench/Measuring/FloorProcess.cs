using System.Diagnostics;

namespace UonOfferum.Bench.Measuring;

/// <summary>A floor program: this executable again, in a separate process, like the app it is compared with.</summary>
public sealed class FloorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private FloorProcess(Process process, Uri address) => (_process, BaseAddress) = (process, address);

    public Uri BaseAddress { get; }

    public Process Process => _process;

    /// <param name="kind">What the floor does; see <see cref="Floor.FloorCommand"/>.</param>
    /// <param name="settings">Passed as environment variables.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<FloorProcess> StartAsync(string kind, IEnumerable<(string Key, string Value)> settings, CancellationToken cancellationToken)
    {
        var process = Start(kind, port: 0, settings);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Uri.TryCreate(line, UriKind.Absolute, out var address))
            {
                return new FloorProcess(process, address);
            }
        }

        throw new BenchException($"The floor program '{kind}' ended before it listened.");
    }

    /// <summary>Does not wait until it listens.</summary>
    public static Process Start(string kind, int port, IEnumerable<(string Key, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(FloorProcess).Assembly.Location, "floor", "--kind", kind, "--port", Show.Number(port, "0")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return Process.Start(start) ?? throw new BenchException("The floor program cannot be started.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
