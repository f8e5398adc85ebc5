namespace UonOfferum.Tests.Pipeline;

/// <summary>One app with one pipeline for all tests of a class; each test has record numbers of its own.</summary>
public sealed class SharedApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private PipelineApp? _app;

    public PipelineApp App => _app!;

    public async ValueTask InitializeAsync() => _app = await PipelineApp.StartAsync(azurite);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
