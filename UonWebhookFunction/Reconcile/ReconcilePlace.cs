using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Records;

namespace UonOfferum.UonWebhookFunction.Reconcile;

/// <summary>How far a pass over one of U-ON's tables has come; kept in the journal, so that a restart goes on where it was.</summary>
/// <param name="From">First day of the pass, in the cabinet's time zone.</param>
/// <param name="To">Last day of the pass.</param>
/// <param name="Page">The next page to read, from 1; 0: the pass is complete.</param>
internal sealed record ReconcilePlace(DateOnly From, DateOnly To, int Page);

/// <summary>Keeps the places in <c>{pipeline}|control</c>.</summary>
public sealed class ReconcilePlaces(JournalTable table)
{
    private const string DayFormat = "yyyy-MM-dd";

    internal async Task<ReconcilePlace?> ReadAsync(string pipeline, RecordKind kind, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(Partition(pipeline), Row(kind), cancellationToken);
        return row is null ? null : new ReconcilePlace(Day(row, "From"), Day(row, "To"), row.GetInt32("Page") ?? 0);
    }

    internal Task WriteAsync(string pipeline, RecordKind kind, ReconcilePlace place, CancellationToken cancellationToken) =>
        table.UpsertAsync(
            new TableEntity(Partition(pipeline), Row(kind))
            {
                ["From"] = place.From.ToString(DayFormat, CultureInfo.InvariantCulture),
                ["To"] = place.To.ToString(DayFormat, CultureInfo.InvariantCulture),
                ["Page"] = place.Page,
            },
            cancellationToken);

    private static string Partition(string pipeline) => $"{pipeline}|control";

    private static string Row(RecordKind kind) => $"reconcile|{kind.Name()}";

    private static DateOnly Day(TableEntity row, string column) =>
        DateOnly.ParseExact(row.GetString(column), DayFormat, CultureInfo.InvariantCulture);
}
