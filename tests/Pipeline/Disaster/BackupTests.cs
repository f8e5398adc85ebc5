using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Backup;

namespace UonOfferum.Tests.Pipeline.Disaster;

/// <summary>The file of an export, whole and interrupted, and what an import does with it.</summary>
public sealed class BackupTests(AzuriteFixture azurite) : IDisposable
{
    private const int Rows = 1_300;

    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly string _folder = Directory.CreateTempSubdirectory("backup-").FullName;
    private readonly TableServiceClient _from = new(azurite.NewAccount());
    private readonly TableServiceClient _to = new(azurite.NewAccount());

    [Fact]
    public async Task Every_type_of_a_column_comes_back_as_it_was()
    {
        var row = new TableEntity("main|lead", "r|1")
        {
            ["Text"] = "Анна \"Я\" \n|",
            ["Flag"] = true,
            ["Int"] = -7,
            ["Long"] = long.MaxValue,
            ["Double"] = 0.1,
            ["Time"] = new DateTimeOffset(2026, 11, 24, 12, 0, 0, 123, TimeSpan.Zero),
            ["Guid"] = new Guid("00000000-0000-0000-0000-0000000000ff"),
            ["Bytes"] = new byte[] { 0, 1, 255 },
        };
        await AddAsync("journal", row);
        await ExportAsync("all.jsonl");
        await ImportAsync("all.jsonl");

        var read = (await _to.GetTableClient("journal").GetEntityAsync<TableEntity>("main|lead", "r|1", cancellationToken: Never)).Value;

        Assert.All(row.Where(column => column.Key is not ("PartitionKey" or "RowKey" or "Bytes")), column => Assert.Equal(column.Value, read[column.Key]));
        Assert.Equal([0, 1, 255], read.GetBinary("Bytes"));
    }

    [Fact]
    public async Task An_interrupted_export_goes_on_behind_its_last_whole_line()
    {
        await ManyAsync();
        await ExportAsync("whole.jsonl");
        var lines = await File.ReadAllLinesAsync(At("whole.jsonl"), Never);
        // Cut in the midst of a line of the second table, as a kill does.
        await File.WriteAllTextAsync(At("cut.jsonl"), string.Join('\n', lines[..1_201]) + "\n" + lines[1_201][..10], Never);

        await ExportAsync("cut.jsonl");

        var resumed = await File.ReadAllLinesAsync(At("cut.jsonl"), Never);
        Assert.Equal(FirstPass(lines), FirstPass(resumed));
        Assert.Equal(Rows, FirstPass(resumed).Count);
        await ImportAsync("cut.jsonl");
        Assert.Equal(Rows, await CountAsync(_to));
        var again = await Assert.ThrowsAsync<BackupException>(() => ExportAsync("cut.jsonl"));
        Assert.Contains("already complete", again.Message, StringComparison.Ordinal);

        static List<string> FirstPass(string[] lines) => [.. lines.Skip(1).TakeWhile(line => line != BackupFile.Meanwhile())];
    }

    [Fact]
    public async Task An_interrupted_import_goes_on_and_only_into_the_same_account()
    {
        await ManyAsync();
        await ExportAsync("all.jsonl");
        await File.WriteAllTextAsync(At("all.jsonl") + ".progress", $"1001\n{_to.AccountName}\nRefuse\n", Never);

        var elsewhere = await Assert.ThrowsAsync<BackupException>(() =>
            new TableImport(_from, TimeProvider.System).RunAsync(At("all.jsonl"), ExistingRows.Overwrite, pause: false, Never));
        Assert.Contains("another account", elsewhere.Message, StringComparison.Ordinal);
        var written = await ImportAsync("all.jsonl");

        // All rows are young enough to have been read again, and each is written once.
        Assert.Equal(Rows, written);
        Assert.False(File.Exists(At("all.jsonl") + ".progress"));
    }

    [Fact]
    public async Task A_pipeline_without_any_operation_is_paused_as_well()
    {
        await AddAsync("journal", new TableEntity("pipelines", "code"));
        await AddAsync("pipelines", new TableEntity("pipelines", "l|page") { ["Revision"] = 1 });
        await AddAsync("pipelines", new TableEntity("pipelines", "l|draft") { ["Title"] = "Never published" });
        await ExportAsync("all.jsonl");

        await new TableImport(_to, TimeProvider.System).RunAsync(At("all.jsonl"), ExistingRows.Refuse, pause: true, Never);

        var paused = new List<string>();
        await foreach (var row in _to.GetTableClient("journal").QueryAsync<TableEntity>(row => row.RowKey == "gate|pipeline", cancellationToken: Never))
        {
            paused.Add(row.PartitionKey);
        }

        Assert.Equal(["code|control", "page|control"], paused);
    }

    [Fact]
    public async Task A_file_that_is_not_whole_writes_nothing()
    {
        await ManyAsync();
        await ExportAsync("all.jsonl");
        var lines = await File.ReadAllLinesAsync(At("all.jsonl"), Never);
        await File.WriteAllLinesAsync(At("short.jsonl"), lines[..^1], Never);
        await File.WriteAllLinesAsync(At("gap.jsonl"), lines.Where((_, i) => i != 5), Never);

        foreach (var name in new[] { "short.jsonl", "gap.jsonl" })
        {
            var refused = await Assert.ThrowsAsync<BackupException>(() => ImportAsync(name));
            Assert.Contains("is incomplete", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await CountAsync(_to));
    }

    [Theory]
    [InlineData(ExistingRows.Keep, "own")]
    [InlineData(ExistingRows.Overwrite, "copied")]
    public async Task Rows_that_are_there_are_refused_kept_or_replaced_as_asked(ExistingRows existing, string expected)
    {
        await AddAsync("journal", new TableEntity("p", "r") { ["Whose"] = "copied" });
        await AddAsync("journal", new TableEntity("p", "s") { ["Whose"] = "copied" });
        await ExportAsync("all.jsonl");
        await _to.CreateTableIfNotExistsAsync("journal", Never);
        var table = _to.GetTableClient("journal");
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Whose"] = "own" }, Never);

        var refused = await Assert.ThrowsAsync<BackupException>(() => ImportAsync("all.jsonl"));
        Assert.Contains("already has rows", refused.Message, StringComparison.Ordinal);
        await new TableImport(_to, TimeProvider.System).RunAsync(At("all.jsonl"), existing, pause: false, Never);

        Assert.Equal(expected, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Never)).Value.GetString("Whose"));
        Assert.Equal("copied", (await table.GetEntityAsync<TableEntity>("p", "s", cancellationToken: Never)).Value.GetString("Whose"));
    }

    [Fact]
    public async Task The_file_is_read_by_its_owner_only()
    {
        await AddAsync("journal", new TableEntity("p", "r"));
        await ExportAsync("all.jsonl");
        if (OperatingSystem.IsWindows())
        {
            // Windows has no such mode.
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("all.jsonl")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private Task<long> ExportAsync(string name) => new TableExport(_from, TimeProvider.System).RunAsync(At(name), Never);

    private Task<long> ImportAsync(string name) => new TableImport(_to, TimeProvider.System).RunAsync(At(name), ExistingRows.Refuse, pause: false, Never);

    private async Task AddAsync(string table, TableEntity row)
    {
        await _from.CreateTableIfNotExistsAsync(table, Never);
        await _from.GetTableClient(table).AddEntityAsync(row, Never);
    }

    /// <summary>Two tables, more rows than a page has, several partitions.</summary>
    private async Task ManyAsync()
    {
        foreach (var (table, partition, count) in new[] { ("journal", "a|lead", 700), ("journal", "b|request", 400), ("persons", "c", 200) })
        {
            await _from.CreateTableIfNotExistsAsync(table, Never);
            foreach (var batch in Enumerable.Range(0, count).Chunk(100))
            {
                await _from.GetTableClient(table).SubmitTransactionAsync(
                    batch.Select(n => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, n.ToString("D5", CultureInfo.InvariantCulture)) { ["N"] = n })), Never);
            }
        }
    }

    private static async Task<int> CountAsync(TableServiceClient service)
    {
        var count = 0;
        await foreach (var table in service.QueryAsync(cancellationToken: Never))
        {
            await foreach (var _ in service.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Never))
            {
                count++;
            }
        }

        return count;
    }
}
