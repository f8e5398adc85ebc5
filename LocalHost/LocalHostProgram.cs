using System.Text;
using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Demo;
using UonOfferum.LocalHost.Settings;

Console.OutputEncoding = Encoding.UTF8;
try
{
    var line = CommandLine.Parse(args);
    if (line.Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    if (!line.NoDemo && LocalHostBuilder.IsDemo(line))
    {
        return await DemoRun.RunAsync(args, Console.Out);
    }

    if (line.Once)
    {
        throw new LocalHostException("--once belongs to the demo, and a pipeline is configured or --no-demo is given. Leave it out, or start where no pipeline is configured.");
    }

    await using var app = await LocalHostApp.StartAsync(args);
    Console.WriteLine(app.Banner);
    if (LocalHostBuilder.IsDemo(line))
    {
        Console.WriteLine($"  No pipeline is configured as code. Create one on the page, if there is none yet: {new Uri(app.FunctionsAddress, "console")}");
    }

    await app.WaitForShutdownAsync();
    return app.HasFailed ? 1 : 0;
}
catch (LocalHostException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
