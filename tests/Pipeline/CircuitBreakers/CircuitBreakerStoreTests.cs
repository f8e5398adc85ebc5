using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Pipeline.CircuitBreakers;

public sealed class CircuitBreakerStoreTests(AzuriteFixture azurite)
{
    private static readonly CircuitBreakerState Open = new("offerum", IsOpen: true, "offerum-denied", "Wrong key.", TimeProvider.System.GetUtcNow(), null, 0);

    [Fact]
    public async Task The_caller_that_opened_a_breaker_knows_it_despite_a_lost_reply()
    {
        var account = azurite.NewAccount();
        var lost = new LostAnswer();
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(lost, HttpPipelinePosition.PerRetry);
        var mine = new CircuitBreakerStore(new JournalTable(new TableServiceClient(account, options)), TimeProvider.System);
        var theirs = new CircuitBreakerStore(new JournalTable(new TableServiceClient(account)), TimeProvider.System);
        await new TableServiceClient(account).CreateTableIfNotExistsAsync(JournalTable.Name, TestContext.Current.CancellationToken);

        Assert.True(await mine.OpenAsync("main", Open, TestContext.Current.CancellationToken));
        Assert.Equal(1, lost.Count);
        Assert.False(await theirs.OpenAsync("main", Open, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_open_breaker_is_stored_as_the_closed_gate_of_earlier_versions()
    {
        var service = new TableServiceClient(azurite.NewAccount());
        await service.CreateTableIfNotExistsAsync(JournalTable.Name, TestContext.Current.CancellationToken);
        var store = new CircuitBreakerStore(new JournalTable(service), TimeProvider.System);

        await store.OpenAsync("main", Open, TestContext.Current.CancellationToken);

        var row = (await service.GetTableClient(JournalTable.Name).GetEntityAsync<TableEntity>("main|control", "gate|offerum", cancellationToken: TestContext.Current.CancellationToken)).Value;
        Assert.True(row.GetBoolean("Closed"));
        Assert.True((await store.FindOpenAsync("main", "offerum", TestContext.Current.CancellationToken))!.IsOpen);
        await store.ChangeAsync("main", Open, b => CircuitBreakerState.Closed(b.Name) with { ProbeOperation = "main/lead/1" }, TestContext.Current.CancellationToken);
        row = (await service.GetTableClient(JournalTable.Name).GetEntityAsync<TableEntity>("main|control", "gate|offerum", cancellationToken: TestContext.Current.CancellationToken)).Value;
        Assert.Equal((false, "main/lead/1"), (row.GetBoolean("Closed"), row.GetString("Trial")));
        Assert.True(Assert.Single(await store.ReadAsync("main", TestContext.Current.CancellationToken)).IsHalfOpen);
    }

    /// <summary>The first write succeeds but its reply is lost; the client retries and finds its own row.</summary>
    private sealed class LostAnswer : HttpPipelinePolicy
    {
        public int Count { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Request.Method != RequestMethod.Get && message.Response.Status < 300 && Count++ == 0)
            {
                throw new IOException("The answer is lost.");
            }
        }
    }
}
