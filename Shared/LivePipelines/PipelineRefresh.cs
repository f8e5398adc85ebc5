using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Shared.LivePipelines;

/// <summary>
/// Loads published revisions into this instance's catalogue. One request shows whether anything changed; only changed pipelines are read.
/// </summary>
public sealed partial class PipelineRefresh(
    PipelineCatalog catalog, RevisionStore store, RevisionReader reader, EditingSettings editing, TimeProvider time, ILogger<PipelineRefresh> logger) : IDisposable
{
    /// <summary>The delay after a secret could not be read.</summary>
    private static readonly TimeSpan BeforeSecretsAgain = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The catalogue's pipelines by name, with the version of their rows.</summary>
    private Dictionary<string, (string Version, LivePipeline Live)> _live = new(StringComparer.Ordinal);

    private string? _seen;
    private DateTimeOffset? _again;

    /// <summary>Whether nothing can change: nothing is stored, and editing is off.</summary>
    public bool IsIdle => !editing.ReadsStore || (!editing.IsOn && _seen is { Length: 0 });

    /// <summary>Reads the live revisions; the caller sees its own publication at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!editing.ReadsStore)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            var stored = await store.ListAsync(cancellationToken);
            var seen = string.Join('\n', stored.Select(s => $"{s.Name} {s.ETag}"));
            if (seen != _seen || _again <= time.GetUtcNow())
            {
                await TakeAsync(stored, cancellationToken);
                _seen = seen;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task TakeAsync(IReadOnlyList<StoredPipeline> stored, CancellationToken cancellationToken)
    {
        var live = new Dictionary<string, (string Version, LivePipeline Live)>(StringComparer.Ordinal);
        var drafts = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var item in stored.Where(s => !catalog.Code.Knows(s.Name)))
        {
            if (item.Revision is null)
            {
                drafts[item.Name] = await reader.WebhookSecretsAsync(item, cancellationToken);
                continue;
            }

            var version = item.ETag.ToString();
            var before = _live.TryGetValue(item.Name, out var had) ? had.Live : null;
            var now = before is { MayReturn: false } && had.Version == version ? before : await reader.ReadAsync(item, cancellationToken);
            if (now.MayReturn && before?.Pipeline is { } running && running.Revision == item.Revision && running.IsStopped == !item.IsRunning)
            {
                // It keeps running with its current secrets while the secret store is unavailable.
                now = new LivePipeline(running, null, MayReturn: true);
            }

            live[item.Name] = (version, now);
            if (before is null || before.Pipeline != now.Pipeline || before.Invalid?.Problems.Count != now.Invalid?.Problems.Count)
            {
                LogChange(item, now);
            }
        }

        catalog.Publish(
            live.Values.Select(l => l.Live.Pipeline).OfType<Pipeline>(),
            live.Values.Select(l => l.Live.Invalid).OfType<InvalidPipeline>(),
            drafts,
            stored.Where(s => catalog.Code.Knows(s.Name) && !s.IsArchived).Select(s => s.Name).ToHashSet(StringComparer.Ordinal));
        _live = live;
        _again = live.Values.Any(l => l.Live.MayReturn) || stored.Any(s => s.WebhookSecret is not null && drafts.TryGetValue(s.Name, out var d) && d.Count == 0)
            ? time.GetUtcNow() + BeforeSecretsAgain
            : null;
    }

    private void LogChange(StoredPipeline item, LivePipeline now)
    {
        if (now.Invalid is { } invalid)
        {
            // The host drops log lines outside function calls, but shows the worker's error stream.
            Console.Error.WriteLine($"The pipeline {item.Name} does not run:{Environment.NewLine}  - {string.Join($"{Environment.NewLine}  - ", invalid.Problems)}");
            Log.Invalid(logger, item.Name, item.Revision, string.Concat(invalid.Problems.Select(problem => $"{Environment.NewLine}  - {problem}")));
        }
        else
        {
            Log.Taken(logger, item.Name, item.Revision, item.IsArchived ? "archived" : item.IsRunning ? "running" : "stopped");
        }
    }

    public void Dispose() => _one.Dispose();

    private static partial class Log
    {
        [LoggerMessage(1711, LogLevel.Information, "{Pipeline}: revision {Revision} is live, {State}")]
        public static partial void Taken(ILogger logger, string pipeline, int? revision, string state);

        [LoggerMessage(1712, LogLevel.Error, "{Pipeline}: revision {Revision} does not run; the other pipelines do. Its webhooks are answered with 503 and its records wait:{Problems}")]
        public static partial void Invalid(ILogger logger, string pipeline, int? revision, string problems);
    }
}
