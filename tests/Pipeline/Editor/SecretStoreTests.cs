using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Secrets;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>Secrets in the table, as several instances see them.</summary>
public sealed class SecretStoreTests(AzuriteFixture azurite)
{
    private const string Key = "Uon:ApiKey";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Instances_that_begin_at_the_same_moment_read_each_others_secrets()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = azurite.NewAccount() };
        await using var one = new PipelineServices(settings);
        await using var two = new PipelineServices(settings);
        var (first, second) = (one.Provider.GetRequiredService<ISecretStore>(), two.Provider.GetRequiredService<ISecretStore>());

        // Each finds no key and makes one.
        var versions = await Task.WhenAll(first.SetAsync("main", Key, "the-first-value", None), second.SetAsync("main", Key, "the-second-value", None));

        foreach (var store in new[] { first, second })
        {
            Assert.Equal("the-first-value", await store.GetAsync("main", Key, versions[0], None));
            Assert.Equal("the-second-value", await store.GetAsync("main", Key, versions[1], None));
            Assert.Null(await store.GetAsync("other", Key, versions[0], None));
            Assert.Null(await store.GetAsync("main", Key, "no-such-version", None));
        }
    }
}
