using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace UonOfferum.LocalHost.Storage;

/// <summary>How to run Azurite.</summary>
/// <param name="Ports">Ports for blob, queue and table; null: any free ports.</param>
/// <param name="EndsWithThisProcess">For tests: do not survive a kill of the process that started it.</param>
/// <param name="InMemory">
/// Keeps no data when it ends. Otherwise Azurite writes all its data every five seconds: for the rows of a whole test run that took a
/// sixth of its time, and it does not respond during that time.
/// </param>
public sealed record AzuriteOptions(IReadOnlyList<int>? Ports = null, bool EndsWithThisProcess = false, bool InMemory = false)
{
    internal IReadOnlyList<int> PortsOrAny => Ports ?? [0, 0, 0];
}

/// <summary>
/// One Azurite on loopback, shared by all who use the same data folder: the first user starts it, the last one to be disposed ends it by SIGTERM.
/// It survives a kill of the process that started it; the next process on the folder takes it over.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    // The emulator's account and key, the same on every machine and published with it.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    // Long, because a busy machine is slow to start Node.js; an Azurite that ends is noticed at once.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly AzuriteFolder _folder;
    private readonly AzuriteState _state;
    private IDisposable? _use;

    private AzuriteProcess(AzuriteFolder folder, AzuriteState state, IDisposable use, bool tookOver)
    {
        (_folder, _state, _use, TookOver) = (folder, state, use, tookOver);
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{state.Blob}/{Account};"
            + $"QueueEndpoint=http://127.0.0.1:{state.Queue}/{Account};"
            + $"TableEndpoint=http://127.0.0.1:{state.Table}/{Account}";
    }

    public string ConnectionString { get; }

    public string DataFolder => _folder.FullName;

    public int ProcessId => _state.Pid;

    /// <summary>Blob, queue, table.</summary>
    public IReadOnlyList<int> Ports => [_state.Blob, _state.Queue, _state.Table];

    /// <summary>It was already running: left by a killed LocalHost, or shared with a running one.</summary>
    public bool TookOver { get; }

    public bool IsRunning => _folder.IsRunning(_state);

    /// <exception cref="LocalHostException">Node.js or Azurite is missing, or it does not start.</exception>
    public static async Task<AzuriteProcess> StartAsync(string dataFolder, AzuriteOptions? options = null, TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        var folder = new AzuriteFolder(dataFolder, timeProvider ?? TimeProvider.System);
        using var starting = await folder.LockAsync(cancellationToken);
        var use = folder.Use();
        try
        {
            if (folder.State is { } found)
            {
                if (folder.IsRunning(found) && await AzuriteFolder.AnswersAsync(found, cancellationToken))
                {
                    return new AzuriteProcess(folder, found, use, tookOver: true);
                }

                await folder.EndAsync(found, cancellationToken);
            }

            return new AzuriteProcess(folder, await LaunchAsync(folder, options ?? new AzuriteOptions(), cancellationToken), use, tookOver: false);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _use, null) is not { } use)
        {
            return;
        }

        using var stopping = await _folder.LockAsync(CancellationToken.None);
        use.Dispose();
        if (!_folder.IsUsed() && _folder.State == _state)
        {
            await _folder.EndAsync(_state, CancellationToken.None);
        }
    }

    private static async Task<AzuriteState> LaunchAsync(AzuriteFolder folder, AzuriteOptions options, CancellationToken cancellationToken)
    {
        var settings = JsonSerializer.Serialize(new
        {
            script = AzuriteScript.Find(),
            folder = folder.FullName,
            ports = options.PortsOrAny,
            owner = options.EndsWithThisProcess ? Environment.ProcessId : 0,
            inMemory = options.InMemory,
        }, AzuriteFolder.Json);
        var script = Path.Combine(AppContext.BaseDirectory, "Storage", "azurite.cjs");
        var start = new ProcessStartInfo("node", [script, settings]) { CreateNoWindow = true };
        start.Environment.Remove("UON_AZURITE_DETACHED");
        try
        {
            using var launcher = Process.Start(start)!;
            await launcher.WaitForExitAsync(cancellationToken);
        }
        catch (Win32Exception exception)
        {
            throw new LocalHostException(
                "Azurite, the storage emulator, needs Node.js, and `node` cannot be started: install Node.js, "
                + "or set AzureWebJobsStorage to the connection string of a storage account.", exception);
        }

        AzuriteState? state = null;
        await folder.UntilAsync(() => (state = folder.State) is not null || Failed(folder), StartPatience, cancellationToken);
        return state
            ?? throw new LocalHostException($"Azurite did not start. Its output is in {folder.LogFile}.");
    }

    private static bool Failed(AzuriteFolder folder)
    {
        try
        {
            using var log = new FileStream(folder.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(log);
            return reader.ReadToEnd().Contains("Azurite ended with code", StringComparison.Ordinal);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
