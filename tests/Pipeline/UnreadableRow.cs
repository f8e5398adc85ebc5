using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline;

/// <summary>The row of an operation with a state of a later version, as after a rollback.</summary>
internal sealed class UnreadableRow
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly JournalTable _table;
    private readonly TableEntity _readable;

    private UnreadableRow(JournalTable table, TableEntity readable) => (_table, _readable) = (table, readable);

    public static async Task<UnreadableRow> MakeAsync(PipelineServices services, OperationId id)
    {
        var table = services.Get<JournalTable>();
        var rows = await table.RangeAsync($"{id.Pipeline}|{id.Kind.Name()}", "r|", "r|~", 100, null, None);
        var row = Assert.Single(rows, row => row.GetInt64("RecordId") == id.RecordId);
        await table.UpsertAsync(new TableEntity(row) { ["Enrichment"] = "OfALaterVersion" }, None);
        return new UnreadableRow(table, row);
    }

    /// <summary>The later version runs again.</summary>
    public Task RestoreAsync() => _table.UpsertAsync(_readable, None);
}
