using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Demo;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Http;
using UonOfferum.LocalHost.Output;
using UonOfferum.LocalHost.Queues;
using UonOfferum.LocalHost.Settings;
using UonOfferum.LocalHost.Storage;
using UonOfferum.LocalHost.Timers;
using UonOfferum.LocalHost.Worker;

namespace UonOfferum.LocalHost;

/// <summary>Puts the host together around the worker.</summary>
internal static class LocalHostBuilder
{
    // The same as in the Functions host; functions that accept untrusted bodies have much lower limits of their own.
    private const long MaxRequestBody = 100 * 1024 * 1024;

    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Whether there is no pipeline to run yet.</summary>
    public static bool IsDemo(CommandLine line)
    {
        var builder = Create(line, configure: null);
        return DemoWorld.IsWanted(builder.Configuration, builder.Environment.ContentRootPath);
    }

    public static WebApplicationBuilder Create(CommandLine line, Action<IConfigurationBuilder>? configure)
    {
        // Development, the environment that `func start` reports.
        var options = new WebApplicationOptions { ContentRootPath = ContentRoot.Find(), EnvironmentName = Environments.Development };
        var builder = WebApplication.CreateSlimBuilder(options);

        // The app gets the settings that `func start` would give it, without the default sources of a web application.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddLocalSettings(builder.Environment.ContentRootPath);
        builder.Configuration.AddEnvironmentVariables();
        configure?.Invoke(builder.Configuration);
        Set(builder, WebHostDefaults.ServerUrlsKey, line.Url.GetLeftPart(UriPartial.Authority));
        return builder;
    }

    public static ILoggerFactory CreateLogging(HostJson hostJson, Action<ILoggingBuilder>? more) => LoggerFactory.Create(logging =>
    {
        logging.Services.AddSingleton(TimeProvider.System);
        logging.AddHostLogging(hostJson.Logging);
        more?.Invoke(logging);
    });

    public static WebApplication Build(WebApplicationBuilder builder, HostSettings settings, WorkerHost worker, ILoggerFactory loggers)
    {
        var services = builder.Services;
        services.AddSingleton(loggers);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(FunctionCatalog.Read(worker.Functions).Without(name => DisabledFunctions.Contains(builder.Configuration, name)));
        services.AddSingleton(settings);
        services.AddSingleton(worker);
        services.AddSingleton<HostKeys>();
        services.AddSingleton<StorageAccounts>();
        services.AddSingleton<FunctionCaller>();
        services.AddSingleton<FunctionForwarder>();
        services.AddSingleton<TimerHost>();
        services.AddHttpForwarder();
        services.AddHostedService<QueueListeners>();
        services.AddHostedService(provider => provider.GetRequiredService<TimerHost>());
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        });

        var web = builder.Build();
        web.UseBareRefusals();
        web.UseRouting();
        web.MapHost();
        web.MapFunctions();
        return web;
    }

    public static void Set(WebApplicationBuilder builder, string key, string value) =>
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>(key, value)]);
}
