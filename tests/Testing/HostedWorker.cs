using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost;

namespace UonOfferum.Testing;

/// <summary>
/// The app in a process of its own, which can be killed for real, around which LocalHost runs in the process of the tests: a start costs
/// a third of what two new processes cost. Where the host has to be killed too: <see cref="LocalHostProcess"/>.
/// </summary>
public sealed class HostedWorker : IAsyncDisposable
{
    private readonly LocalHostApp _host;
    private readonly LineWatch _lines;

    private HostedWorker(LocalHostApp host, LineWatch lines) => (_host, _lines) = (host, lines);

    /// <summary>Where it listens, without the route prefix.</summary>
    public Uri BaseAddress => _host.BaseAddress;

    /// <summary>Every line of its log, in order.</summary>
    public IReadOnlyCollection<string> Output => _lines.Lines;

    /// <param name="settings">As in configuration, with <c>:</c>; laid over the environment.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<HostedWorker> StartAsync(IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken)
    {
        var lines = new LineWatch();
        var host = await LocalHostApp.StartAsync(
            ["--urls", "http://127.0.0.1:0"],
            configuration => configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))),
            logging => logging.AddProvider(lines),
            cancellationToken);
        return new HostedWorker(host, lines);
    }

    /// <summary>SIGKILL to the app's process: no handler runs, nothing is flushed.</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <summary>Completes when a line holding the text was or is written to the log.</summary>
    public Task WaitForLineAsync(string text, TimeSpan patience, CancellationToken cancellationToken) =>
        _lines.WaitAsync(text, patience, cancellationToken);

    public async ValueTask DisposeAsync() => await _host.KillAsync();
}
