namespace UonOfferum.Tests.Pipeline;

/// <summary>One app for all tests of a class; each test has record numbers of its own.</summary>
public class SharedApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private PipelineApp? _app;

    public PipelineApp App => _app!;

    /// <summary>One pipeline, if a class needs nothing else.</summary>
    protected virtual PipelineAppSetup Setup => new();

    public async ValueTask InitializeAsync()
    {
        _app = await PipelineApp.StartAsync(azurite, Setup);
        await FillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What happens before the first test.</summary>
    protected virtual Task FillAsync() => Task.CompletedTask;
}
