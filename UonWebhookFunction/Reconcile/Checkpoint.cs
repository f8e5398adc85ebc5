using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Reconcile;

/// <summary>The progress of a pass over one of U-ON's tables; stored in the journal, so that a restart continues there.</summary>
/// <param name="From">First day of the pass, in the cabinet's time zone.</param>
/// <param name="To">Last day of the pass.</param>
/// <param name="Page">The next page to read, from 1; 0: the pass is complete.</param>
internal sealed record Checkpoint(DateOnly From, DateOnly To, int Page);

/// <summary>Keeps the checkpoints in <c>{pipeline}|control</c>.</summary>
public sealed class CheckpointStore(JournalTable table)
{
    private const string DayFormat = "yyyy-MM-dd";

    internal async Task<Checkpoint?> ReadAsync(string pipeline, RecordKind kind, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(Partition(pipeline), Row(kind), cancellationToken);
        return row is null ? null : new Checkpoint(Day(row, "From"), Day(row, "To"), row.GetInt32("Page") ?? 0);
    }

    internal Task WriteAsync(string pipeline, RecordKind kind, Checkpoint checkpoint, CancellationToken cancellationToken) =>
        table.UpsertAsync(
            new TableEntity(Partition(pipeline), Row(kind))
            {
                ["From"] = checkpoint.From.ToString(DayFormat, CultureInfo.InvariantCulture),
                ["To"] = checkpoint.To.ToString(DayFormat, CultureInfo.InvariantCulture),
                ["Page"] = checkpoint.Page,
            },
            cancellationToken);

    private static string Partition(string pipeline) => $"{pipeline}|control";

    private static string Row(RecordKind kind) => $"reconcile|{kind.Name()}";

    private static DateOnly Day(TableEntity row, string column) =>
        DateOnly.ParseExact(row.GetString(column), DayFormat, CultureInfo.InvariantCulture);
}
