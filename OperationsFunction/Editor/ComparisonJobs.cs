using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Storage;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>
/// Runs comparisons in the background, one at a time per pipeline: a newer one cancels the older one. The progress is stored in a row, so that
/// any instance can report it; a comparison whose instance has ended is reported as failed.
/// </summary>
public sealed partial class ComparisonJobs(RecordComparer comparer, ComparisonStore store, TimeProvider time, ILogger<ComparisonJobs> logger)
{
    public const string Running = "running", Done = "done", Failed = "failed";

    /// <summary>Fifty records at U-ON's rate take less, even under full load.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>If a row is not updated for this long, its instance is gone: one record takes less.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenRows = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BeforeUonAgain = TimeSpan.FromSeconds(3);

    private const int MaxTries = 3;

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);

    /// <summary>Returns once the row is stored; the work continues in the background.</summary>
    /// <returns>The comparison's id.</returns>
    public async Task<string> StartAsync(IReadOnlyList<Operation> operations, Pipeline live, Pipeline draft, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var view = new ComparisonView(id, Running, 0, operations.Count, null, 0, 0, []);
        await SaveAsync(live.Name, view, cancellationToken);
        await store.ForgetOldAsync(live.Name, cancellationToken);
        var ends = new CancellationTokenSource(Longest, time);
        _running.AddOrUpdate(live.Name, ends, (_, older) =>
        {
            older.Cancel();
            return ends;
        });
        _ = Task.Run(() => RunAsync(view, operations, live, draft, ends), CancellationToken.None);
        return id;
    }

    /// <summary>Null when there is no such comparison.</summary>
    public async Task<ComparisonView?> FindAsync(string pipeline, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(pipeline, id, cancellationToken) is not { } row || JsonSerializer.Deserialize(row.Json, EditorJson.Types.ComparisonView) is not { } view)
        {
            return null;
        }

        return view.Status == Running && time.GetUtcNow() - row.At > Lost
            ? view with { Status = Failed, Error = "The instance that ran the comparison stopped. Start the comparison again." }
            : view;
    }

    /// <summary>Cancels the pipeline's comparison if it runs in this process.</summary>
    public void Cancel(string pipeline)
    {
        if (_running.TryGetValue(pipeline, out var ends))
        {
            ends.Cancel();
        }
    }

    private async Task RunAsync(ComparisonView view, IReadOnlyList<Operation> operations, Pipeline live, Pipeline draft, CancellationTokenSource ends)
    {
        try
        {
            view = await WorkAsync(view, operations, live, draft, ends.Token);
        }
        catch (OperationCanceledException)
        {
            view = view with { Status = Failed, Error = "The comparison was cancelled. Start it again." };
        }
#pragma warning disable CA1031 // The job has no caller to report to: the failure is logged, and the page shows that it failed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.Failed(logger, e, live.Name);
            view = view with { Status = Failed, Error = "The comparison failed. Start it again; the log has the reason." };
        }

        try
        {
            await SaveAsync(live.Name, view, CancellationToken.None);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e))
        {
            Log.NotKept(logger, live.Name, e.GetType().Name);
        }

        _running.TryRemove(KeyValuePair.Create(live.Name, ends));
        ends.Dispose();
    }

    private async Task<ComparisonView> WorkAsync(ComparisonView view, IReadOnlyList<Operation> operations, Pipeline live, Pipeline draft, CancellationToken cancellationToken)
    {
        var written = time.GetUtcNow();
        foreach (var operation in operations)
        {
            string? reason = null;
            ComparedView? item = null;
            for (var tries = 0; tries < MaxTries && item is null; tries++)
            {
                if (tries > 0)
                {
                    await Task.Delay(BeforeUonAgain, time, cancellationToken);
                }

                item = await comparer.CompareAsync(operation, live, draft, words => reason = words, cancellationToken);
            }

            if (item is null)
            {
                return view with { Status = Failed, Error = $"{reason} Start the comparison again when U-ON answers." };
            }

            view = view with
            {
                Done = view.Done + 1,
                Same = view.Same + (item.Differs ? 0 : 1),
                Differing = view.Differing + (item.Differs ? 1 : 0),
                Items = [.. view.Items, item],
            };
            if (time.GetUtcNow() - written >= BetweenRows)
            {
                await SaveAsync(live.Name, view, cancellationToken);
                written = time.GetUtcNow();
            }
        }

        return view with { Status = Done };
    }

    private Task SaveAsync(string pipeline, ComparisonView view, CancellationToken cancellationToken) =>
        store.SaveAsync(pipeline, view.Id, new StoredComparison(JsonSerializer.Serialize(view, EditorJson.Types.ComparisonView), time.GetUtcNow()), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1728, LogLevel.Error, "{Pipeline}: the comparison of the draft with the live revision failed")]
        public static partial void Failed(ILogger logger, Exception exception, string pipeline);

        [LoggerMessage(1729, LogLevel.Warning, "{Pipeline}: the result of the comparison could not be stored ({Cause})")]
        public static partial void NotKept(ILogger logger, string pipeline, string cause);
    }
}
