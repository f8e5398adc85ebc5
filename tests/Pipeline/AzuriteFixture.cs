using UonOfferum.LocalHost.Storage;

[assembly: AssemblyFixture(typeof(UonOfferum.Tests.Pipeline.AzuriteFixture))]

namespace UonOfferum.Tests.Pipeline;

/// <summary>One Azurite for the whole test run, on free ports, with a data folder of its own. Take it as a constructor parameter.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async ValueTask InitializeAsync() => _azurite = await AzuriteProcess.StartAsync(_folder, new AzuriteOptions(EndsWithThisProcess: true));

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
