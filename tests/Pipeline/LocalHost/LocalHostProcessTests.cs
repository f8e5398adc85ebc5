using System.Diagnostics;
using System.Text.Json;

namespace UonOfferum.Tests.Pipeline.LocalHost;

public sealed class LocalHostProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("localhost-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SlowFact]
    public async Task Azurite_outlives_a_kill_and_is_taken_over_by_the_next_start()
    {
        var first = Start();
        var ports = await first.AzuritePortsAsync();
        await first.KillAsync();

        await using var second = Start();

        Assert.Equal(ports, await second.AzuritePortsAsync());
        Assert.Contains("was already running", second.Output);
        second.Terminate();
        Assert.Equal(0, await second.ExitCodeAsync());
        Assert.False(File.Exists(State));
    }

    [SlowFact]
    public async Task Azurite_that_dies_is_started_again_on_its_ports()
    {
        await using var host = Start();
        var ports = await host.AzuritePortsAsync();

        Process.GetProcessById(Pid()).Kill();

        Assert.True(await host.SaysAsync("Azurite is running again"), host.Output);
        Assert.Equal(ports, "Azurite on ports " + Ports());
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence_and_a_failure()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await using var host = Start("--urls", $"http://{listener.LocalEndpoint}");

        Assert.Equal(1, await host.ExitCodeAsync());
        Assert.Contains($"already listens on http://{listener.LocalEndpoint}", host.Output);
        Assert.DoesNotContain("   at ", host.Output);
        Assert.False(File.Exists(State));
    }

    [Fact]
    public async Task An_unknown_option_is_refused()
    {
        await using var host = Start("--port", "80");

        Assert.Equal(1, await host.ExitCodeAsync());
        Assert.Contains("'--port' is not an option. See --help.", host.Output);
    }

    [Fact]
    public async Task Without_Node_the_sentence_names_the_way_out()
    {
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : DotnetOnPath())!;
        await using var host = LocalHostProgram.Start(_folder, new Dictionary<string, string>(LocalHostProgram.OnePipeline, StringComparer.Ordinal) { ["PATH"] = dotnet });

        Assert.Equal(1, await host.ExitCodeAsync());
        Assert.Contains("install Node.js, or set AzureWebJobsStorage", host.Output);
        Assert.DoesNotContain("   at ", host.Output);
    }

    private static string DotnetOnPath()
    {
        var link = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(p => Path.Combine(p, "dotnet")).First(File.Exists);
        return File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName ?? link;
    }

    private LocalHostProgram Start(params string[] args) =>
        LocalHostProgram.Start(_folder, LocalHostProgram.OnePipeline, args.Length == 0 ? ["--urls", "http://127.0.0.1:0"] : args);

    private string State => Path.Combine(_folder, ".azurite", "process.json");

    private int Pid() => Read().GetProperty("pid").GetInt32();

    private string Ports() => $"{Read().GetProperty("blob")}, {Read().GetProperty("queue")}, {Read().GetProperty("table")}";

    private JsonElement Read() => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(State));
}
