using System.Diagnostics;
using Azure.Storage.Queues;
using UonOfferum.LocalHost.Storage;

namespace UonOfferum.Tests.Pipeline.LocalHost;

public sealed class AzuriteProcessTests : IDisposable
{
    private static readonly AzuriteOptions WithThisRun = new(EndsWithThisProcess: true);
    private readonly string _folder = Directory.CreateTempSubdirectory("азурит ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_it_took_is_there_after_an_end_and_a_new_start()
    {
        await using (var first = await AzuriteProcess.StartAsync(_folder, WithThisRun))
        {
            var queue = new QueueClient(first.ConnectionString, "kept");
            await queue.CreateAsync();
            await queue.SendMessageAsync("just now");
        }

        await using var second = await AzuriteProcess.StartAsync(_folder, WithThisRun);

        Assert.False(second.TookOver);
        Assert.Equal("just now", (await new QueueClient(second.ConnectionString, "kept").ReceiveMessageAsync()).Value.MessageText);
    }

    [Fact]
    public async Task Users_of_one_folder_share_it_and_the_last_one_ends_it()
    {
        var first = await AzuriteProcess.StartAsync(_folder, WithThisRun);
        var second = await AzuriteProcess.StartAsync(_folder, WithThisRun);

        Assert.True(second.TookOver);
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        await first.DisposeAsync();
        Assert.True(second.IsRunning);
        await second.DisposeAsync();
        Assert.False(second.IsRunning);
    }

    [Fact]
    public async Task A_dead_one_is_started_again_on_the_ports_asked_for()
    {
        var first = await AzuriteProcess.StartAsync(_folder, WithThisRun);
        await KillAsync(first);

        await using var second = await AzuriteProcess.StartAsync(_folder, new AzuriteOptions(first.Ports, EndsWithThisProcess: true));

        Assert.False(second.TookOver);
        Assert.Equal(first.Ports, second.Ports);
        await first.DisposeAsync();
        Assert.True(second.IsRunning);
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_the_log_to_look_at()
    {
        await using var first = await AzuriteProcess.StartAsync(Path.Combine(_folder, "a"), WithThisRun);

        var exception = await Assert.ThrowsAsync<UonOfferum.LocalHost.LocalHostException>(
            () => AzuriteProcess.StartAsync(Path.Combine(_folder, "b"), new AzuriteOptions(first.Ports, EndsWithThisProcess: true)));

        Assert.Contains("azurite.log", exception.Message);
    }

    private static async Task KillAsync(AzuriteProcess azurite)
    {
        using var process = Process.GetProcessById(azurite.ProcessId);
        process.Kill();
        await Eventually.UntilAsync(() => !azurite.IsRunning);
    }
}
