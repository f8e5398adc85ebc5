using System.Collections.Concurrent;
using Azure.Data.Tables;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Revisions;

/// <summary>A webhook of a pipeline that is not running; without any client data.</summary>
public sealed record IgnoredWebhook(string Pipeline, DateTimeOffset At, string Method, int? EventType, RecordKind Kind, long? RecordId);

/// <summary>Keeps the last webhook of each pipeline that is not running, so that the page shows that the cabinet is connected.</summary>
public sealed class IgnoredWebhooks(PipelineTable table, TimeProvider time)
{
    /// <summary>The minimum time between two writes in one process, for a busy cabinet.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    /// <summary>Best effort: the answer does not depend on it.</summary>
    public async Task KeepAsync(IgnoredWebhook webhook, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_written.TryGetValue(webhook.Pipeline, out var last) && now - last < Pause)
        {
            return;
        }

        _written[webhook.Pipeline] = now;
        try
        {
            await table.UpsertAsync(
                new TableEntity(PipelineTable.Partition, Row(webhook.Pipeline))
                {
                    ["At"] = webhook.At,
                    ["Method"] = webhook.Method,
                    ["EventType"] = webhook.EventType,
                    ["Kind"] = webhook.Kind.Name(),
                    ["RecordId"] = webhook.RecordId,
                },
                cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            // An operator who waits for it sends another one.
        }
    }

    public async Task<IgnoredWebhook?> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(Row(pipeline), cancellationToken) is not { } row)
        {
            return null;
        }

        _ = RecordKindNames.TryParse(row.GetString("Kind"), out var kind);
        return new IgnoredWebhook(
            pipeline, row.GetDateTimeOffset("At") ?? default, row.GetString("Method") ?? "", row.GetInt32("EventType"), kind, row.GetInt64("RecordId"));
    }

    private static string Row(string pipeline) => $"w|{pipeline}";
}
