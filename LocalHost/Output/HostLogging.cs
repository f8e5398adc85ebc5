using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace UonOfferum.LocalHost.Output;

internal static class HostLogging
{
    /// <summary>Readable lines on the console; levels from <c>host.json</c>, except where a category would write URLs.</summary>
    public static void AddHostLogging(this ILoggingBuilder logging, IConfiguration hostJson)
    {
        logging.AddConfiguration(hostJson);
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);
        logging.AddConsole(options => options.FormatterName = LineFormatter.FormatterName);
        logging.Services.AddSingleton<ConsoleFormatter, LineFormatter>();
        logging.AddFilter("Azure", LogLevel.Error);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);

        // Off altogether, at whatever level: its lines and its scope hold paths with secrets.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
