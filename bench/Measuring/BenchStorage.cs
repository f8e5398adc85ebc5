using System.Security.Cryptography;
using System.Text;
using UonOfferum.LocalHost.Storage;

namespace UonOfferum.Bench.Measuring;

/// <summary>A separate Azurite with many accounts, so that the compared programs never share a queue.</summary>
public sealed class BenchStorage : IAsyncDisposable
{
    private const int Accounts = 60;

    // Azurite's accounts are set in its environment; names and keys are invented.
    private static readonly string Key = Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes("an invented key for benchmarks")));

    private readonly AzuriteProcess _azurite;
    private readonly DirectoryInfo _folder;
    private int _taken;

    private BenchStorage(AzuriteProcess azurite, DirectoryInfo folder) => (_azurite, _folder) = (azurite, folder);

    public int ProcessId => _azurite.ProcessId;

    public static async Task<BenchStorage> StartAsync(CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable("AZURITE_ACCOUNTS", string.Join(';', Enumerable.Range(1, Accounts).Select(n => $"{Name(n)}:{Key}")));
        var folder = Directory.CreateTempSubdirectory("bench-");
        return new BenchStorage(
            await AzuriteProcess.StartAsync(folder.FullName, new AzuriteOptions(EndsWithThisProcess: true, InMemory: true), cancellationToken: cancellationToken), folder);
    }

    /// <summary>An empty storage account that is not shared.</summary>
    public string NewAccount()
    {
        var name = Name(++_taken);
        var (blob, queue, table) = (_azurite.Ports[0], _azurite.Ports[1], _azurite.Ports[2]);
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Key}"
            + $";BlobEndpoint=http://127.0.0.1:{blob}/{name};QueueEndpoint=http://127.0.0.1:{queue}/{name};TableEndpoint=http://127.0.0.1:{table}/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Name(int number) => number <= Accounts
        ? $"bench{number:D4}"
        : throw new BenchException($"More than {Accounts} storage accounts are wanted in one run: raise BenchStorage.Accounts.");
}
