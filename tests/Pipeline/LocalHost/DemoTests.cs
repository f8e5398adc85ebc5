namespace UonOfferum.Tests.Pipeline.LocalHost;

public sealed class DemoTests : IDisposable
{
    private static readonly Dictionary<string, string> NoPipeline = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Unconfigured_it_delivers_a_lead_and_finds_it_at_the_next_start()
    {
        await using var first = Start(NoPipeline, "--once");
        Assert.Equal(0, await first.ExitCodeAsync());
        await using var second = Start(NoPipeline, "--once");
        Assert.Equal(0, await second.ExitCodeAsync());

        Assert.Contains("from earlier: 0", first.Output);
        Assert.Contains("lead 48213", first.Output);
        Assert.Contains("✔ Delivered", first.Output);
        Assert.Contains("from earlier: 1", second.Output);
        Assert.Contains("lead 48214", second.Output);
        Assert.DoesNotContain("warn ", second.Output);
    }

    [Fact]
    public async Task Without_once_it_says_where_to_look_and_ends_well_when_asked()
    {
        await using var demo = Start(NoPipeline);
        Assert.True(await demo.SaysAsync("/api/operations"), demo.Output);

        demo.Terminate();

        Assert.Equal(0, await demo.ExitCodeAsync());
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=elsewhere;AccountKey=a2V5;EndpointSuffix=core.windows.net")]
    [InlineData("AzureWebJobsStorage__accountName", "elsewhere")]
    public async Task An_account_elsewhere_is_refused_before_anything_is_sent(string key, string value)
    {
        await using var demo = Start(new(StringComparer.Ordinal) { [key] = value }, "--once");

        Assert.Equal(1, await demo.ExitCodeAsync());
        Assert.StartsWith("The demo runs on this machine only", demo.Output);
    }

    [Fact]
    public async Task Listening_to_others_is_refused()
    {
        await using var demo = LocalHostProgram.Start(_folder, NoPipeline, "--urls", "http://0.0.0.0:0");

        Assert.Equal(1, await demo.ExitCodeAsync());
        Assert.StartsWith("The demo runs on this machine only, and --urls is 0.0.0.0", demo.Output);
    }

    [Fact]
    public async Task Without_demo_and_pipeline_it_starts_and_says_where_to_create_one()
    {
        await using var host = Start(NoPipeline, "--no-demo");

        Assert.True(await host.SaysAsync("Create one on the page"), host.Output);
        Assert.DoesNotContain("this is the demo", host.Output);
        host.Terminate();
        Assert.Equal(0, await host.ExitCodeAsync());
    }

    [Fact]
    public async Task Bad_settings_are_told_line_by_line_without_a_stack_trace()
    {
        await using var host = Start(new(StringComparer.Ordinal) { ["Pipelines__main__Uon__ApiKey"] = "k", ["Pipelines__main__Offerum__Flw"] = "f" });

        Assert.Equal(1, await host.ExitCodeAsync());
        Assert.Contains("Pipelines:main:Webhook:Secret", host.Output);
        Assert.Contains("Pipelines:main:Offerum:Flw", host.Output);
        Assert.DoesNotContain("   at ", host.Output);
        Assert.False(File.Exists(Path.Combine(_folder, ".azurite", "process.json")));
    }

    private LocalHostProgram Start(Dictionary<string, string> environment, params string[] args) =>
        LocalHostProgram.Start(_folder, environment, ["--urls", "http://127.0.0.1:0", .. args]);
}
