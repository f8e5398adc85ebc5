using System.Globalization;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace UonOfferum.LocalHost.Storage;

/// <summary>
/// The data folder and its users. Locks are the operating system's file locks, so that a killed process holds none:
/// <c>start.lock</c> is held while Azurite is started or stopped, <c>in-use.lock</c> is shared by everyone who uses it.
/// </summary>
internal sealed class AzuriteFolder(string path, TimeProvider time)
{
    /// <summary>Paths stay readable on the command line, where the folder identifies the process.</summary>
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string FullName { get; } = Path.GetFullPath(path);

    public string LogFile => Path.Combine(FullName, "azurite.log");

    private string StateFile => Path.Combine(FullName, "process.json");

    public AzuriteState? State => AzuriteState.Read(StateFile);

    public void ForgetState() => File.Delete(StateFile);

    public bool IsRunning(AzuriteState state) => OtherProcess.Runs(state.Pid, JsonSerializer.Serialize(FullName, Json));

    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(FullName);
        FileStream? held = null;
        bool Taken() => (held = TryOpen("start.lock", FileAccess.ReadWrite, FileShare.None)) is not null;
        return await UntilAsync(Taken, Patience * 2, cancellationToken)
            ? held!
            : throw new LocalHostException(
                $"Another program is starting or stopping Azurite in {FullName} and does not finish. End it, or use another folder.");
    }

    public IDisposable Use()
    {
        var file = Path.Combine(FullName, "in-use.lock");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, "");
        }

        return TryOpen("in-use.lock", FileAccess.Read, FileShare.Read)
            ?? throw new LocalHostException($"The file {file} cannot be opened. Remove it and start again.");
    }

    /// <summary>Call it under the start lock, after this process has released <c>in-use.lock</c>.</summary>
    public bool IsUsed()
    {
        using var mine = TryOpen("in-use.lock", FileAccess.ReadWrite, FileShare.None);
        return mine is null;
    }

    /// <summary>Only SIGTERM: a killed Azurite loses the writes of the last five seconds.</summary>
    public async Task EndAsync(AzuriteState state, CancellationToken cancellationToken)
    {
        if (IsRunning(state) && !OtherProcess.Terminate(state.Pid))
        {
            await File.WriteAllTextAsync(Path.Combine(FullName, "stop"), "", cancellationToken);
        }

        if (!await UntilAsync(() => !IsRunning(state), Patience, cancellationToken))
        {
            throw new LocalHostException(string.Create(CultureInfo.InvariantCulture,
                $"Azurite (process {state.Pid}) was asked to exit and has not done so within {Patience.TotalSeconds} s. End it; a hard kill may lose its last seconds of data."));
        }

        ForgetState();
    }

    public static async Task<bool> AnswersAsync(AzuriteState state, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var port in new[] { state.Blob, state.Queue, state.Table })
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async Task<bool> UntilAsync(Func<bool> condition, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(started) > patience)
            {
                return false;
            }

            await Task.Delay(Poll, time, cancellationToken);
        }

        return true;
    }

    private FileStream? TryOpen(string name, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(FullName, name), FileMode.OpenOrCreate, access, share);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
