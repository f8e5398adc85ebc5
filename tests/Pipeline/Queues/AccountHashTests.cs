using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>The registry keeps the accounts of each pipeline, for the time when its settings are gone.</summary>
public sealed class AccountHashTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly string _storage = azurite.NewAccount();

    [Fact]
    public async Task They_are_stored_though_another_instance_adds_the_row_first()
    {
        await using var services = PipelineServices.Offline(_storage, _time, ["main"]);
        await using var other = PipelineServices.Offline(_storage, _time, []);
        await services.Get<JournalTable>().CreateIfNotExistsAsync(None);
        var options = new TableClientOptions();
        options.AddPolicy(new BeforeInsert(() => other.Get<PipelineRegistry>().RememberAsync("main", None)), HttpPipelinePosition.PerCall);
        var registry = new PipelineRegistry(new JournalTable(new TableServiceClient(_storage, options)), services.Get<PipelineCatalog>(), _time);
        var accounts = await services.Get<AccountHashes>().AllAsync(services.Get<PipelineCatalog>().Current, None);

        await registry.RecordAsync(new HashSet<string>(StringComparer.Ordinal) { "main" }, None, isComplete: true, accounts);

        var row = (await services.Get<JournalTable>().FindAsync("pipelines", "main", None))!;
        Assert.NotEmpty(accounts["main"]);
        Assert.Equal(string.Join(',', accounts["main"]), row.GetString("Accounts"));
        Assert.Null(row.GetDateTimeOffset("GoneSince"));
    }

    /// <summary>What another instance does just before the first row is inserted.</summary>
    private sealed class BeforeInsert(Func<Task> act) : HttpPipelinePolicy
    {
        private bool _isDone;

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (!_isDone && message.Request.Method == RequestMethod.Post)
            {
                _isDone = true;
                await act();
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);
    }
}
