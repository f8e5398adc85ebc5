using System.Security.Cryptography;
using System.Text;
using UonOfferum.LocalHost.Storage;
using Xunit;

namespace UonOfferum.Testing;

/// <summary>One Azurite for the whole test run, on free ports, with a data folder of its own. Take it as a constructor parameter.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    // The queues have fixed names, so what runs side by side needs accounts of its own. Azurite reads them at its start.
    private const int Accounts = 500;
    private const string DefaultAccount = "devstoreaccount1";

    private static readonly string Key = Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes("an invented key for local tests")));

    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private AzuriteProcess? _azurite;
    private int _taken;

    public string ConnectionString => _azurite!.ConnectionString;

    /// <summary>An empty storage account that nobody else has.</summary>
    public string NewAccount()
    {
        var number = Interlocked.Increment(ref _taken);
        if (number > Accounts)
        {
            throw new TestBedException("Raise AzuriteFixture.Accounts.");
        }

        var name = Name(number);
        var ports = _azurite!.Ports;
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Key}"
            + $";BlobEndpoint=http://127.0.0.1:{ports[0]}/{name};QueueEndpoint=http://127.0.0.1:{ports[1]}/{name};TableEndpoint=http://127.0.0.1:{ports[2]}/{name}";
    }

    public async ValueTask InitializeAsync()
    {
        var published = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        var accounts = Enumerable.Range(1, Accounts).Select(n => $"{Name(n)}:{Key}").Prepend($"{DefaultAccount}:{published}");
        Environment.SetEnvironmentVariable("AZURITE_ACCOUNTS", string.Join(';', accounts));
        // The apps of tests live for seconds. Faster code pays for itself only where it runs hundreds of times (hexadecimal: 512; the default is 30).
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCountThreshold", "200");
        _azurite = await AzuriteProcess.StartAsync(_folder, new AzuriteOptions(EndsWithThisProcess: true, InMemory: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Name(int number) => $"account{number:D4}";
}
