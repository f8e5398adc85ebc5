using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using UonOfferum.LocalHost.Demo;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Http;
using UonOfferum.LocalHost.Output;
using UonOfferum.LocalHost.Queues;
using UonOfferum.LocalHost.Settings;
using UonOfferum.LocalHost.Storage;
using UonOfferum.LocalHost.Timers;

namespace UonOfferum.LocalHost;

/// <summary>Puts the host together around the app.</summary>
internal static class LocalHostBuilder
{
    // As the Functions host; the functions that take foreign bodies have limits of their own, far below.
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
        // Development, as `func start` says of itself.
        var options = new WebApplicationOptions { ContentRootPath = ContentRoot.Find(), EnvironmentName = Environments.Development };
        var builder = WebApplication.CreateSlimBuilder(options);

        // The app's settings are what `func start` would give it, and nothing that only a web application has.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddLocalSettings(builder.Environment.ContentRootPath);
        builder.Configuration.AddEnvironmentVariables();
        configure?.Invoke(builder.Configuration);
        Set(builder, WebHostDefaults.ServerUrlsKey, line.Url.GetLeftPart(UriPartial.Authority));
        return builder;
    }

    /// <summary>Reads all settings, the app's among them, and starts nothing.</summary>
    public static HostSettings Register(WebApplicationBuilder builder, HostedApp app)
    {
        var hostJson = HostJson.Load(Path.Combine(builder.Environment.ContentRootPath, "host.json"), builder.Configuration);
        var settings = hostJson.Read(builder.Configuration);
        builder.Logging.AddHostLogging(hostJson.Logging);
        app.Register(builder);
        return settings;
    }

    public static WebApplication Build(WebApplicationBuilder builder, HostedApp app, HostSettings settings, AzuriteProcess? azurite)
    {
        if (azurite is not null)
        {
            Set(builder, StorageAccounts.Default, azurite.ConnectionString);
        }

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(FunctionCatalog.Discover(app.Functions).Without(name => DisabledFunctions.Contains(builder.Configuration, name)));
        services.AddSingleton(settings);
        services.AddSingleton(new FunctionKey(builder.Configuration["LocalHost:FunctionKey"]));
        services.AddSingleton<StorageAccounts>();
        services.AddSingleton<TimerHost>();
        services.AddHostedService<QueuePumps>();
        services.AddHostedService(provider => provider.GetRequiredService<TimerHost>());
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        });

        var web = builder.Build();
        web.UseHostProblems();
        web.UseRouting();
        web.MapFunctions();
        web.MapAdmin();
        return web;
    }

    private static void Set(WebApplicationBuilder builder, string key, string value) =>
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>(key, value)]);
}
