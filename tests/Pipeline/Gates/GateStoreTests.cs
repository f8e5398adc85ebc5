using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Pipeline.Gates;

public sealed class GateStoreTests(AzuriteFixture azurite)
{
    private static readonly Gate Closed = new("offerum", Closed: true, "offerum-denied", "Wrong key.", TimeProvider.System.GetUtcNow(), null, 0);

    [Fact]
    public async Task Whoever_closed_a_gate_knows_it_even_when_the_answer_was_lost()
    {
        var account = azurite.NewAccount();
        var lost = new LostAnswer();
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(lost, HttpPipelinePosition.PerRetry);
        var mine = new GateStore(new JournalTable(new TableServiceClient(account, options)), TimeProvider.System);
        var theirs = new GateStore(new JournalTable(new TableServiceClient(account)), TimeProvider.System);
        await new TableServiceClient(account).CreateTableIfNotExistsAsync(JournalTable.Name, TestContext.Current.CancellationToken);

        Assert.True(await mine.CloseAsync("main", Closed, TestContext.Current.CancellationToken));
        Assert.Equal(1, lost.Count);
        Assert.False(await theirs.CloseAsync("main", Closed, TestContext.Current.CancellationToken));
    }

    /// <summary>The first write happens, and nobody hears of it; the client then tries again and meets its own row.</summary>
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
