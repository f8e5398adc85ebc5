using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>The secrets in the addresses that cabinets call stay valid, whatever is generated, published and restored.</summary>
public sealed class SecretsInForceTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Name = "main", Webhook = "Webhook:Secret", Postback = "Postback:Secret";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly PipelineServices _app = PipelineServices.Offline(azurite.NewAccount(), TimeProvider.System, []);

    public async ValueTask InitializeAsync()
    {
        Assert.True(await _app.Get<PipelineMaker>().MakeAsync(Name, "Main", EditorCalls.Settings, [], by: null, None));
        await PublishAsync();
    }

    [Fact]
    public async Task Restoring_a_revision_before_the_postback_keeps_its_address()
    {
        await GenerateAsync(Postback);
        await PublishAsync();
        var before = Assert.Single(await InForceAsync(Postback));

        Assert.Equal(StatusCodes.Status200OK, EditorCalls.StatusOf(await _app.Get<PublishEndpoint>().RestoreAsync(EditorCalls.Request(), Name, "1", None)));

        Assert.Equal(before, Assert.Single(await InForceAsync(Postback)));
    }

    [Theory]
    [InlineData(Webhook)]
    [InlineData(Postback)]
    public async Task The_address_in_use_stays_valid_however_often_another_is_made(string key)
    {
        await GenerateAsync(key);
        await PublishAsync();
        var inUse = (await InForceAsync(key))[^1];

        await GenerateAsync(key);
        await GenerateAsync(key);
        await PublishAsync();

        var now = await InForceAsync(key);
        Assert.Equal((2, inUse), (now.Length, now[0]));
    }

    private async Task GenerateAsync(string key) =>
        Assert.Equal(StatusCodes.Status204NoContent, EditorCalls.StatusOf(await _app.Get<DraftSecrets>().GenerateAsync(EditorCalls.Request(), Name, key, None)));

    private async Task PublishAsync() =>
        Assert.Equal(StatusCodes.Status200OK, EditorCalls.StatusOf(await _app.Get<PublishEndpoint>().PublishAsync(EditorCalls.Request(), Name, None)));

    private async Task<string[]> InForceAsync(string key)
    {
        var store = _app.Get<RevisionStore>();
        var live = await store.ReadLiveAsync((await store.FindAsync(Name, None))!, None);
        var secrets = await _app.Get<SecretValues>().ResolveAsync(Name, live!.Secrets, None);
        return secrets.Values.GetValueOrDefault(key)?.Split(',') ?? [];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
