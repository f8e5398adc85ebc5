using System.Text;
using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Demo;
using UonOfferum.LocalHost.Settings;
using UonOfferum.Shared.Pipelines;

Console.OutputEncoding = Encoding.UTF8;
try
{
    var line = CommandLine.Parse(args);
    if (line.Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    if (LocalHostBuilder.IsDemo(line))
    {
        return await DemoRun.RunAsync(args, Console.Out);
    }

    if (line.Once)
    {
        throw new LocalHostException("--once belongs to the demo, and a pipeline is configured. Leave it out, or start where no pipeline is configured.");
    }

    await using var app = await LocalHostApp.StartAsync(args);
    Console.WriteLine(app.Banner);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (exception is LocalHostException or PipelineConfigurationException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
