using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.Bench.FloorApp;

/// <summary>Rows of the same columns and sizes as the app's: copied from the rows of one lead that it delivered.</summary>
internal sealed class FloorRows
{
    private const string Partition = "main|lead";

    private readonly TableClient _table;
    private readonly TableEntity _operation;
    private readonly TableEntity _claim;
    private readonly TableEntity _index;

    private FloorRows(TableClient table, TableEntity operation, TableEntity claim, TableEntity index) =>
        (_table, _operation, _claim, _index) = (table, operation, claim, index);

    public static async Task<FloorRows> LoadAsync(IConfiguration settings, CancellationToken cancellationToken)
    {
        var table = new TableClient(settings["AzureWebJobsStorage"], "journal");
        await table.CreateIfNotExistsAsync(cancellationToken);
        var rows = await new TableClient(settings["FLOOR_TEMPLATE"], "journal")
            .QueryAsync<TableEntity>(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        return new FloorRows(table, First(rows, "r|"), First(rows, "d|"), First(rows, "t|"));
    }

    public Task InsertAsync(long id, CancellationToken cancellationToken) => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row(_operation, Operation(id))),
            Index(id, 't'), Index(id, 's'), Index(id, 'p'),
        ],
        cancellationToken);

    public async Task<ETag> ReadAsync(long id, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Operation(id), cancellationToken: cancellationToken)).Value!.ETag;

    public async Task<(ETag Operation, ETag Claim)> ClaimAsync(long id, ETag etag, CancellationToken cancellationToken)
    {
        var answers = await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, Row(_operation, Operation(id)), etag),
                new(TableTransactionActionType.Add, Row(_claim, Claim(id))),
                new(TableTransactionActionType.Delete, new TableEntity(Partition, Key('s', id)), ETag.All),
                Index(id, 't'), Index(id, 'u'), Index(id, 'p'),
            ],
            cancellationToken);
        return (answers.Value[0].Headers.ETag!.Value, answers.Value[1].Headers.ETag!.Value);
    }

    public Task FinishAsync(long id, (ETag Operation, ETag Claim) etags, CancellationToken cancellationToken) => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateReplace, Row(_operation, Operation(id)), etags.Operation),
            new(TableTransactionActionType.UpdateReplace, Row(_claim, Claim(id)), etags.Claim),
            new(TableTransactionActionType.Delete, new TableEntity(Partition, Key('u', id)), ETag.All),
            Index(id, 't'), Index(id, 'p'), Index(id, 'o'),
        ],
        cancellationToken);

    private TableTransactionAction Index(long id, char index) => new(TableTransactionActionType.UpsertReplace, Row(_index, Key(index, id)));

    private static string Operation(long id) => Key('r', id);

    private static string Claim(long id) => Key('d', id);

    // As long as the app's longest, that of the phone index.
    private static string Key(char index, long id) => string.Create(CultureInfo.InvariantCulture, $"{index}|{0:D32}|{id:D18}");

    private static TableEntity Row(TableEntity template, string key) => new(template) { PartitionKey = Partition, RowKey = key };

    private static TableEntity First(List<TableEntity> rows, string prefix)
    {
        var row = new TableEntity(rows.Find(r => r.RowKey.StartsWith(prefix, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The app has written no row '{prefix}' to copy."));
        row.Remove("odata.etag");
        row.Remove("Timestamp");
        return row;
    }
}
