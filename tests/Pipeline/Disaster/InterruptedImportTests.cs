using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using UonOfferum.Backup;

namespace UonOfferum.Tests.Pipeline.Disaster;

/// <summary>An import that is repeated after an interruption writes the missing rows and no others.</summary>
public sealed class InterruptedImportTests(AzuriteFixture azurite) : IDisposable
{
    private const int Rows = 300;

    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly string _folder = Directory.CreateTempSubdirectory("import-").FullName;
    private readonly string _to = azurite.NewAccount();

    private string Backup => Path.Combine(_folder, "all.jsonl");

    private TableClient Table => new TableServiceClient(_to).GetTableClient("journal");

    [Fact]
    public async Task One_interrupted_at_its_beginning_goes_on()
    {
        await ExportAsync();
        await InterruptAsync();
        Assert.Equal(100, (await ReadAsync()).Count);

        await ImportAsync(new TableServiceClient(_to));

        Assert.Equal(Rows, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task It_leaves_rows_that_the_app_wrote_in_between()
    {
        await ExportAsync();
        await InterruptAsync();
        await Table.UpsertEntityAsync(Row(7, "Delivered"), TableUpdateMode.Replace, Never);

        await ImportAsync(new TableServiceClient(_to));

        var rows = await ReadAsync();
        Assert.Equal((Rows, "Delivered"), (rows.Count, rows["00007"]));
        Assert.Equal(Rows - 1, rows.Values.Count(state => state == "Enriched"));
    }

    [Fact]
    public async Task Of_several_versions_in_the_file_it_writes_the_last()
    {
        await ExportAsync();
        var lines = (await File.ReadAllLinesAsync(Backup, Never)).SkipLast(1).ToList();
        // An export whose second pass was interrupted too.
        foreach (var state in new[] { "Sending", "Delivered" })
        {
            lines.Add(BackupFile.Line(new BackupRow("journal", Row(7, state)).ToJson()));
        }

        await File.WriteAllLinesAsync(Backup, [.. lines, BackupFile.End(lines.Count(line => BackupRow.From(BackupFile.Parse(line)) is not null))], Never);
        await InterruptAsync();

        await ImportAsync(new TableServiceClient(_to));

        Assert.Equal("Delivered", (await ReadAsync())["00007"]);
    }

    /// <summary>Kept and replaced rows of one import would not agree: a claim of the first file beside an operation of the second.</summary>
    [Fact]
    public async Task It_is_finished_as_it_was_begun()
    {
        await ExportAsync();
        await InterruptAsync(ExistingRows.Overwrite);

        var refusal = await Assert.ThrowsAsync<BackupException>(() => ImportAsync(new TableServiceClient(_to)));

        Assert.Contains("another choice of --keep and --overwrite", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Rows, await ImportAsync(new TableServiceClient(_to), ExistingRows.Overwrite));
    }

    [Fact]
    public async Task Nothing_has_to_be_written_beside_the_file()
    {
        await ExportAsync();
        // As in a read-only folder, the progress cannot be stored.
        Directory.CreateDirectory(Backup + ".progress.new");

        Assert.Equal(Rows, await ImportAsync(new TableServiceClient(_to)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task ExportAsync()
    {
        var from = new TableServiceClient(azurite.NewAccount());
        await from.CreateTableIfNotExistsAsync("journal", Never);
        foreach (var batch in Enumerable.Range(0, Rows).Chunk(100))
        {
            await from.GetTableClient("journal").SubmitTransactionAsync(batch.Select(n => new TableTransactionAction(TableTransactionActionType.Add, Row(n, "Enriched"))), Never);
        }

        await new TableExport(from, TimeProvider.System).RunAsync(Backup, Never);
    }

    private async Task InterruptAsync(ExistingRows existing = ExistingRows.Refuse)
    {
        var options = new TableClientOptions();
        options.AddPolicy(new EndsAtSecondBatch(), HttpPipelinePosition.PerCall);
        await Assert.ThrowsAsync<IOException>(() => ImportAsync(new TableServiceClient(_to, options), existing));
    }

    private Task<long> ImportAsync(TableServiceClient to, ExistingRows existing = ExistingRows.Refuse) =>
        new TableImport(to, TimeProvider.System).RunAsync(Backup, existing, pause: false, Never);

    private async Task<Dictionary<string, string>> ReadAsync()
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in Table.QueryAsync<TableEntity>(cancellationToken: Never))
        {
            rows.Add(row.RowKey, row.GetString("State"));
        }

        return rows;
    }

    private static TableEntity Row(int n, string state) => new("p", n.ToString("D5", CultureInfo.InvariantCulture)) { ["State"] = state };

    /// <summary>A process that is killed after its first batch.</summary>
    private sealed class EndsAtSecondBatch : HttpPipelineSynchronousPolicy
    {
        private int _batches;

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Uri.ToString().Contains("$batch", StringComparison.Ordinal) && ++_batches == 2)
            {
                throw new IOException("Killed.");
            }
        }
    }
}
