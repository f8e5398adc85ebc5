using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Settings;
using UonOfferum.Shared.Pipelines;

try
{
    if (CommandLine.Parse(args).Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    await using var app = await LocalHostApp.StartAsync(args);
    Console.WriteLine(app.Banner);
    await app.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
catch (Exception exception) when (exception is LocalHostException or PipelineConfigurationException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
