using System.Globalization;
using UonOfferum.LocalHost.Settings;
using UonOfferum.Simulators;

namespace UonOfferum.LocalHost.Demo;

/// <summary>What LocalHost does while no pipeline is configured.</summary>
internal static class DemoRun
{
    /// <returns>The exit code: with <c>--once</c> 0 only if the order was delivered.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output)
    {
        var line = CommandLine.Parse(args);
        DemoGuard.RequireLoopback("--urls", line.Url);
        DemoGuard.RequireLoopbackStorage(LocalHostBuilder.Create(line, configure: null).Configuration);

        await using var world = await DemoWorld.StartAsync(CancellationToken.None);
        await using var app = await LocalHostApp.StartAsync(args, world.Configure);
        await output.WriteLineAsync(app.Banner);
        try
        {
            var reason = await TellAsync(world, app, output);
            if (line.Once)
            {
                return reason is null ? 0 : 1;
            }

            await output.WriteLineAsync($"  Open   {new Uri(app.FunctionsAddress, "console")}  with the key {app.FunctionKey}");
            await output.WriteLineAsync("  Stop   Ctrl-C; the data stays for the next start");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (app.Stopping.IsCancellationRequested && (exception is OperationCanceledException or HttpRequestException))
        {
            // Stopped by the user before the story ended.
            return line.Once ? 1 : 0;
        }
    }

    private static async Task<string?> TellAsync(DemoWorld world, LocalHostApp app, TextWriter output)
    {
        using var client = new HttpClient(new RepeatOnFailure()) { BaseAddress = app.FunctionsAddress };
        client.DefaultRequestHeaders.Add("x-functions-key", app.FunctionKey);
        var api = new DemoApi(client);
        var (count, more, highest) = await api.EarlierAsync(app.Stopping);
        await output.WriteLineAsync("  No pipeline is configured, so this is the demo: a simulated U-ON and a simulated Offerum; nothing leaves this machine.");
        await output.WriteLineAsync("  To create your own on the page, start with --no-demo.");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  Operations in the journal from earlier: {count}{(more ? "+" : "")}"));
        await output.WriteLineAsync();

        var story = new DemoStory(world, api, new StoryBox(output, colour: !Console.IsOutputRedirected), TimeProvider.System);
        var reason = await story.TellAsync((highest + 1) ?? SampleLead.Id, app.Stopping);
        await output.WriteLineAsync();
        return reason;
    }
}
