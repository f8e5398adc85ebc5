using Azure.Core.Pipeline;
using Azure.Data.Tables;
using UonOfferum.Backup;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Disaster;

/// <summary>After an import the rows of every operation agree, whatever was read or written when.</summary>
public sealed class ImportRepairTests(AzuriteFixture azurite) : IDisposable
{
    private const string Phone = "9001112233";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("backup-").FullName;
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly string _old = azurite.NewAccount(), _new = azurite.NewAccount();

    [Fact]
    public async Task A_second_import_leaves_no_index_row_of_the_first()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Held);
        await ExportAsync("first");
        await ImportAsync("first", ExistingRows.Refuse);
        Assert.Equal(await IndexAsync(_old), await IndexAsync(_new));

        await SettleAsync(services);
        _time.Now += Kept + TimeSpan.FromSeconds(1);
        Assert.Equal(1, await services.Get<PersonalDataRedactor>().RunAsync(None));
        await ExportAsync("second");
        await ImportAsync("second", ExistingRows.Overwrite);

        Assert.Equal(await IndexAsync(_old), await IndexAsync(_new));
        Assert.All(await RowsAsync(_new), row => Assert.DoesNotContain(Phone, string.Join('|', ((IDictionary<string, object?>)row).Values), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Index_rows_that_a_live_export_missed_are_written()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Held);
        await ExportAsync("live", line => !line.Contains("\"r\":\"s|", StringComparison.Ordinal));

        await ImportAsync("live", ExistingRows.Refuse);

        Assert.Equal(await IndexAsync(_old), await IndexAsync(_new));
    }

    [Fact]
    public async Task The_retention_start_of_a_row_that_was_unreadable_stays()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Held);
        var row = await UnreadableRow.MakeAsync(services, Id);
        _time.Now += Kept + TimeSpan.FromSeconds(1);
        Assert.Equal(0, await services.Get<PersonalDataRedactor>().RunAsync(None));
        await row.RestoreAsync();
        await ExportAsync("kept");

        await ImportAsync("kept", ExistingRows.Refuse);

        Assert.Single(await RowsAsync(_new), kept => kept.RowKey.StartsWith("x|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_later_versions_row_keeps_its_index_and_an_earlier_ones_its_phone()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Held);
        foreach (var (column, value) in new[] { ("Enrichment", "OfALaterVersion"), ("PhoneHash", null) })
        {
            var row = Assert.Single(await RowsAsync(_old), row => row.RowKey.StartsWith("r|", StringComparison.Ordinal));
            var before = row[column];
            row[column] = value;
            await services.Get<JournalTable>().UpsertAsync(row, None);
            await ExportAsync(column);
            await ImportAsync(column, ExistingRows.Overwrite);

            Assert.Equal(await IndexAsync(_old), await IndexAsync(_new));
            row[column] = before;
            await services.Get<JournalTable>().UpsertAsync(row, None);
        }
    }

    [Fact]
    public async Task An_order_claimed_between_two_reads_of_an_export_has_its_claim()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Sending);
        await ExportAsync("live");

        await ImportAsync("live", ExistingRows.Refuse);

        await using var later = await ServicesAsync(_new);
        var claim = await later.Get<JournalStore>().ReadClaimAsync(Id, "offerum", None);
        Assert.Equal((2, null), (claim!.Sends, claim.Result));
    }

    [Fact]
    public async Task Operations_imported_behind_the_walk_still_lose_their_personal_data()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Delivered);
        await ExportAsync("old");
        _time.Now += Kept + TimeSpan.FromSeconds(1);
        await using var later = await ServicesAsync(_new);
        await later.Get<PersonalDataRedactor>().RunAsync(None);

        await ImportAsync("old", ExistingRows.Keep);

        Assert.Equal(1, await later.Get<PersonalDataRedactor>().RunAsync(None));
    }

    [Fact]
    public async Task An_event_that_was_counted_during_the_export_is_not_counted_again()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Delivered);
        await ExportAsync("before");
        await services.Get<HourlyRollUp>().RollUpAsync(None);
        await ExportAsync("after");
        // The first pass read the events, the second one the counter.
        var first = (await File.ReadAllLinesAsync(At("before"), None)).TakeWhile(line => line != BackupFile.Meanwhile()).ToList();
        var second = (await File.ReadAllLinesAsync(At("after"), None)).SkipWhile(line => line != BackupFile.Meanwhile()).SkipLast(1).ToList();
        await File.WriteAllLinesAsync(At("live"), [.. first, .. second, BackupFile.End(first.Count + second.Count - 2)], None);

        await ImportAsync("live", ExistingRows.Refuse);

        Assert.DoesNotContain(await RowsAsync(_new), row => row.RowKey.StartsWith("h|", StringComparison.Ordinal));
        Assert.Contains(await RowsAsync(_new), row => row.RowKey.StartsWith("c|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_app_writes_during_the_repair_stays_as_it_wrote_it()
    {
        await using var services = await ServicesAsync(_old);
        await PutAsync(services, DeliveryState.Held);
        await ExportAsync("paused");
        await using var app = await ServicesAsync(_new);
        List<string> written = [];
        using var busy = new BusyAccount
        {
            AfterReading = async () =>
            {
                await SettleAsync(app);
                await app.JournalAsync(Id with { RecordId = 2 }, new Delivery { Destination = "offerum", State = DeliveryState.Held, Attempt = 2 });
                written = await IndexAsync(_new);
            },
        };
        using var http = new HttpClient(busy);

        await new TableImport(new TableServiceClient(_new, new TableClientOptions { Transport = new HttpClientTransport(http) }), TimeProvider.System)
            .RunAsync(At("paused"), ExistingRows.Overwrite, pause: false, None);

        Assert.NotEmpty(written);
        Assert.Equal(written, await IndexAsync(_new));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    /// <param name="name">The file.</param>
    /// <param name="keep">Lines that the export saw; null: all.</param>
    private async Task ExportAsync(string name, Func<string, bool>? keep = null)
    {
        await new TableExport(new TableServiceClient(_old), TimeProvider.System).RunAsync(At(name), None);
        if (keep is not null)
        {
            var lines = (await File.ReadAllLinesAsync(At(name), None)).SkipLast(1).Where(keep).ToList();
            var rows = lines.Count(line => BackupRow.From(BackupFile.Parse(line)) is not null);
            await File.WriteAllLinesAsync(At(name), [.. lines, BackupFile.End(rows)], None);
        }
    }

    private Task<long> ImportAsync(string name, ExistingRows existing) =>
        new TableImport(new TableServiceClient(_new), TimeProvider.System).RunAsync(At(name), existing, pause: false, None);

    private static Task<JournalEntry> PutAsync(PipelineServices services, DeliveryState state) => services.JournalAsync(
        Id, new Delivery { Destination = "offerum", State = state, Attempt = 2, Sends = 2, OrderId = "order-1", ReplyBody = Phone });

    private static async Task SettleAsync(PipelineServices services)
    {
        var entry = (await services.Get<JournalStore>().ReadAsync(Id, None))!;
        var settled = entry.Operation.With(entry.Operation.Deliveries[0] with { State = DeliveryState.Delivered });
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, settled, null, None));
    }

    private static async Task<List<TableEntity>> RowsAsync(string account)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in new TableServiceClient(account).GetTableClient("journal").QueryAsync<TableEntity>("PartitionKey eq 'main|lead'", cancellationToken: None))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The index rows with their contents.</summary>
    private static async Task<List<string>> IndexAsync(string account) =>
        [.. (await RowsAsync(account)).Where(row => row.RowKey[0] is 'o' or 'p' or 's' or 't' or 'x')
            .Select(row => row.RowKey + string.Concat(row.Where(c => c.Key != "Timestamp" && !c.Key.StartsWith("odata", StringComparison.Ordinal) && c.Value is not null).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"\n{c.Key}={c.Value}")))];

    private async Task<PipelineServices> ServicesAsync(string account)
    {
        var services = PipelineServices.Offline(account, _time, ["main"], ("Retention:PersonalData", "30.00:00:00"), ("Journal:IndexKey", "the-key-of-the-index"));
        await services.Get<PipelineRegistry>().RecordAsync(new HashSet<string>(StringComparer.Ordinal) { "main" }, None, isComplete: true);
        return services;
    }

    /// <summary>An account in which an app writes after the operations were read.</summary>
    private sealed class BusyAccount() : DelegatingHandler(new SocketsHttpHandler())
    {
        private bool _isDone;

        public required Func<Task> AfterReading { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!_isDone && Uri.UnescapeDataString(request.RequestUri!.Query).Contains("'main|lead' and RowKey ge 'r|'", StringComparison.Ordinal))
            {
                _isDone = true;
                await AfterReading();
            }

            return response;
        }
    }
}
