using System.Net;
using UonOfferum.Shared.Secrets;

namespace UonOfferum.Tests.Unit.Shared.Secrets;

public sealed class VaultSecretsTests : IDisposable
{
    private const string Key = "Uon:ApiKey", Value = "a-value-that-nobody-says";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly VaultStandIn _vault = new();

    private VaultSecrets Store => new(_vault.Client);

    public void Dispose() => _vault.Dispose();

    [Fact]
    public async Task Every_value_is_a_version_that_stays_readable()
    {
        var first = await Store.SetAsync("main", Key, "the-first", None);
        var second = await Store.SetAsync("main", Key, "the-second", None);

        Assert.Equal("the-first", await Store.GetAsync("main", Key, first, None));
        Assert.Equal("the-second", await Store.GetAsync("main", Key.ToUpperInvariant(), second, None));
        Assert.Equal(("main", Key), (_vault.Tags["pipeline"], _vault.Tags["setting"]));
        Assert.All(_vault.Kept, path => Assert.Matches("^page-main-uon-apikey-[0-9a-f]{16}/", path));
    }

    [Fact]
    public async Task One_pipeline_never_reads_anothers_secret()
    {
        var version = await Store.SetAsync("main", Key, Value, None);

        Assert.Null(await Store.GetAsync("second", Key, version, None));
        Assert.Null(await Store.GetAsync("main", "Offerum:ApiKey", version, None));
    }

    [Fact]
    public async Task What_was_deleted_or_disabled_is_not_there()
    {
        var (deleted, disabled) = (await Store.SetAsync("main", Key, Value, None), await Store.SetAsync("main", Key, Value, None));
        _vault.Delete(deleted);
        _vault.Disabled.Add(disabled);

        Assert.Null(await Store.GetAsync("main", Key, deleted, None));
        Assert.Null(await Store.GetAsync("main", Key, disabled, None));
    }

    [Fact]
    public async Task A_missing_role_is_said_with_its_remedy()
    {
        _vault.Fault = () => VaultStandIn.Refuse(HttpStatusCode.Forbidden, "Forbidden", "ForbiddenByRbac");

        Assert.Contains("Assign it the role", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_vault_that_is_away_says_so_and_nothing_of_the_secret(bool breaks)
    {
        _vault.Fault = () => breaks ? throw new HttpRequestException("No such host: kv-invented.vault.azure.net") : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("The Key Vault does not answer. Try again.", await RefusedAsync());
    }

    private async Task<string> RefusedAsync()
    {
        var set = await Assert.ThrowsAsync<SecretsUnavailableException>(() => Store.SetAsync("main", Key, Value, None));
        var get = await Assert.ThrowsAsync<SecretsUnavailableException>(() => Store.GetAsync("main", Key, "1", None));
        Assert.Equal(set.Message, get.Message);
        Assert.DoesNotContain(Value, set.Message, StringComparison.Ordinal);
        return set.Message;
    }
}
