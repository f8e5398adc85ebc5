using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

public sealed class PipelineSnapshotTests
{
    [Fact]
    public void A_publication_joins_the_code_and_changes_no_earlier_snapshot()
    {
        var catalog = TestPipelines.Read(TestPipelines.Whole("main"));
        var before = catalog.Current;

        Publish(catalog, TestPipelines.One());

        Assert.Equal(["main"], before.Names);
        Assert.Equal(["main", "page"], catalog.Names.Order());
        Assert.Equal(["main"], catalog.Code.Names);
    }

    [Fact]
    public void A_pipeline_that_was_taken_away_is_gone_and_the_others_stay()
    {
        var catalog = TestPipelines.Read(TestPipelines.Whole("main"));
        Publish(catalog, TestPipelines.One());

        catalog.Publish([], [], new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

        Assert.Equal(["main"], catalog.Names);
    }

    [Fact]
    public void Until_the_store_is_read_only_unknown_names_wait()
    {
        var catalog = TestPipelines.Read(TestPipelines.Whole("main"));

        catalog.AwaitStore();
        Assert.True(catalog.Current.MustWait("page"));
        Assert.False(catalog.Current.MustWait("main"));

        catalog.Publish([], [], new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        Assert.False(catalog.Current.MustWait("page"));
    }

    [Fact]
    public void An_archived_pipeline_is_in_no_list_and_still_finishes_its_work()
    {
        var catalog = TestPipelines.Read(TestPipelines.Whole("main"));
        Publish(catalog, TestPipelines.One(), isArchived: true);

        Assert.Equal(["main"], catalog.Current.Active.Select(p => p.Name));
        Assert.Contains(catalog.All, p => p.Name == "page");
        Assert.Contains("page", catalog.Names);
        Assert.True(catalog.TryFind("page", out _));
    }

    [Theory]
    [InlineData("maybe", null, "Pipelines:Editing")]
    [InlineData(null, "kv-example", "Editing:VaultUri")]
    [InlineData(null, "http://kv-example.vault.azure.net", "Editing:VaultUri")]
    public void A_switch_that_is_none_and_an_address_that_is_none_are_told(string? editing, string? vault, string key) =>
        Assert.StartsWith(key, Assert.Single(EditingSettings.Problems(Configuration(editing, vault))), StringComparison.Ordinal);

    [Fact]
    public void Editing_is_on_unless_it_is_switched_off()
    {
        Assert.True(EditingSettings.Read(Configuration(null, null)).IsOn);
        Assert.False(EditingSettings.Read(Configuration(" Off ", null)).IsOn);
        Assert.Equal("kv-example.vault.azure.net", EditingSettings.Read(Configuration("on", "https://kv-example.vault.azure.net/")).VaultUri?.Host);
    }

    private static IConfigurationRoot Configuration(string? editing, string? vault) => new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("Pipelines:Editing", editing), KeyValuePair.Create("Editing:VaultUri", vault)])
        .Build();

    private static void Publish(PipelineCatalog catalog, Pipeline like, bool isArchived = false)
    {
        var pipeline = new Pipeline
        {
            Name = "page",
            Title = "Page",
            Revision = 1,
            IsArchived = isArchived,
            WebhookSecrets = like.WebhookSecrets,
            PostbackSecrets = [],
            Fields = like.Fields,
            Filter = [],
            ReconcileWindow = TimeSpan.Zero,
        };
        catalog.Publish([pipeline], [], new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
    }
}
