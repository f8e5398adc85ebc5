using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>
/// A list costs what it shows, however much there is. Requests and rows are counted at the wire, because the emulator answers a scan
/// with one request.
/// </summary>
public sealed class ManyOperationsTests(ManyOperationsTests.Apps apps) : IClassFixture<ManyOperationsTests.Apps>
{
    private const int Operations = 1_500;
    private const int Take = 20;

    // Leads, requests, and those whose kind is not known yet.
    private const int Partitions = 3;

    [Theory]
    [InlineData("", Take)]
    [InlineData("&kind=lead", Take)]
    [InlineData("&state=Failed", Take)]
    [InlineData("&state=Delivered", Take)]
    [InlineData("&state=Failed&error=bad-phone", Take)]
    [InlineData("&text=77", 1)]
    [InlineData("&text=order-77", 1)]
    [InlineData("&phone=8 (900) 000-00-77", 1)]
    [InlineData("&text=999999999", 0)]
    [InlineData("&state=Held", 0)]
    public async Task A_list_makes_one_request_a_partition_and_reads_what_it_shows(string query, int expected)
    {
        await AssertBoundedAsync(query, expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&state=Failed")]
    public async Task A_page_deep_in_the_list_costs_what_the_first_does(string query)
    {
        string? cursor = null;
        for (var page = 0; page < 10; page++)
        {
            cursor = (await AssertBoundedAsync(query + (cursor is null ? "" : $"&cursor={cursor}"), Take)).Text("next");
        }
    }

    [Fact]
    public async Task A_time_range_reads_what_lies_in_it()
    {
        var from = Uri.EscapeDataString(Apps.At(100).ToString("O", CultureInfo.InvariantCulture));
        var to = Uri.EscapeDataString(Apps.At(110).ToString("O", CultureInfo.InvariantCulture));

        await AssertBoundedAsync($"&from={from}&to={to}", 10);
        await AssertBoundedAsync($"&from={from}&to={to}&state=Failed", 5);
    }

    private async Task<JsonElement> AssertBoundedAsync(string query, int expected)
    {
        apps.Meter.Calls.Clear();
        var page = await apps.App.Http.GetFromJsonAsync<JsonElement>($"operations?take={Take}{query}");

        Assert.Equal(expected, page.GetProperty("items").GetArrayLength());
        var reads = apps.Meter.Calls.Where(call => call.Kind is StorageCallKind.Query or StorageCallKind.ReadRow && call.Resource.StartsWith("main|", StringComparison.Ordinal)).ToList();
        Assert.True(reads.Count <= Partitions, $"{reads.Count} requests");
        Assert.All(reads.GroupBy(call => call.Resource), partition => Assert.Single(partition));
        // One row more tells whether there is a next page.
        Assert.True(reads.Sum(call => call.Items) <= expected + 1, $"{reads.Sum(call => call.Items)} rows read, {expected} shown");
        return page;
    }

    public sealed class Apps(AzuriteFixture azurite) : IAsyncLifetime
    {
        private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        private PipelineApp? _app;
        private StorageMeter? _meter;

        public PipelineApp App => _app!;

        public StorageMeter Meter => _meter!;

        public static DateTimeOffset At(int number) => Start.AddMinutes(number);

        public async ValueTask InitializeAsync()
        {
            var storage = azurite.NewAccount();
            _meter = await StorageMeter.StartAsync(storage, CancellationToken.None);
            _app = await PipelineApp.StartAsync(
            azurite,
            [("AzureWebJobsStorage", _meter.ConnectionString), ("Journal:IndexKey", "an-index-key-for-tests"), ("AzureWebJobs.RunJobs.Disabled", "true")]);
            var table = new JournalTable(new TableServiceClient(storage));
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Journal:IndexKey", "an-index-key-for-tests")]).Build();
            using var phones = new PhoneIndex(configuration, table);
            var journal = new JournalStore(table, phones, TimeProvider.System);
            await table.CreateIfNotExistsAsync(CancellationToken.None);
            await Parallel.ForEachAsync(
                Enumerable.Range(1, Operations), new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (number, cancellation) => await journal.InsertAsync(Operation(number), cancellation));
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Meter.DisposeAsync();
        }

        /// <summary>Every second one is sold, the others failed.</summary>
        private static Operation Operation(int number) => new()
        {
            Id = new OperationId(PipelineApp.Name, RecordKind.Lead, number),
            Run = Guid.CreateVersion7(At(number)).ToString("D"),
            Attempt = 2,
            Enrichment = EnrichmentState.Enriched,
            ReceivedAt = At(number),
            UpdatedAt = At(number),
            Fields = new RecordFields(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["phone"] = string.Create(CultureInfo.InvariantCulture, $"+7900{number:D7}"),
            }),
            Deliveries =
            [
                new Delivery
                {
                    Destination = "offerum",
                    State = number % 2 == 0 ? DeliveryState.Delivered : DeliveryState.Failed,
                    Attempt = 2,
                    OrderId = string.Create(CultureInfo.InvariantCulture, $"order-{number}"),
                    Error = number % 2 == 0 ? null : new OperationError("bad-phone", "The phone is no phone.", "offerum"),
                },
            ],
        };
    }
}
