using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>The settings may change while a message is worked with those of before.</summary>
public sealed class SharedAccountsTests
{
    private readonly OfferumDestination _offerum = new(client: null!);
    private readonly Pipeline _main = TestPipelines.One();

    [Theory]
    [InlineData("main", "")]
    [InlineData("other", "other")]
    public async Task A_pipeline_that_became_invalid_shares_no_account_with_itself(string invalid, string others)
    {
        using var stored = new Registry(invalid);
        using var http = new HttpClient(stored);
        var table = new JournalTable(new TableServiceClient("UseDevelopmentStorage=true", new TableClientOptions { Transport = new HttpClientTransport(http) }));
        var catalog = new PipelineCatalog([], [new InvalidPipeline(invalid, [], [], ["Wrong."])]);
        using var phones = new PhoneIndex(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(HostWideSettings.IndexKey, (string?)"the-key-of-the-index")]).Build(), table);
        var hashes = new AccountHashes([_offerum], phones);
        stored.Accounts = await hashes.OfAsync(_main, _offerum, CancellationToken.None);

        var shared = await new SharedAccounts(catalog, new PipelineRegistry(table, catalog, TimeProvider.System), hashes, TimeProvider.System)
            .FindAsync(_main, _offerum, CancellationToken.None);

        Assert.Equal(others, string.Join(' ', shared!.Others));
    }

    /// <summary>A journal with the row of one pipeline.</summary>
    private sealed class Registry(string name) : HttpMessageHandler
    {
        public IReadOnlyList<string> Accounts { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var row = new JsonObject { ["PartitionKey"] = "pipelines", ["RowKey"] = name, [nameof(Accounts)] = string.Join(',', Accounts) };
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(new JsonObject { ["value"] = new JsonArray(row) }.ToJsonString()) });
        }
    }
}
