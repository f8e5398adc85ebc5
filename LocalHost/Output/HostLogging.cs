using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace UonOfferum.LocalHost.Output;

internal static class HostLogging
{
    /// <summary>Readable lines on the console; levels from <c>host.json</c>, except for categories that would write URLs.</summary>
    public static void AddHostLogging(this ILoggingBuilder logging, IConfiguration hostJson)
    {
        logging.AddConfiguration(hostJson);
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);
        logging.AddConsole(options => options.FormatterName = LineFormatter.FormatterName);
        logging.Services.AddSingleton<ConsoleFormatter, LineFormatter>();
        logging.AddFilter("Azure", LogLevel.Error);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);

        // The WebJobs SDK logs each start and end three times. A failed call is logged once, by its dispatcher.
        logging.AddFilter("Host", LogLevel.Warning);
        logging.AddFilter("Host.Results", LogLevel.None);
        logging.AddFilter("Host.Aggregator", LogLevel.None);
        logging.AddFilter("Function", LogLevel.None);

        // Disabled at every level: their lines and scopes hold paths with secrets.
        logging.AddFilter("Yarp", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
