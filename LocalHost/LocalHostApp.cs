using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Http;
using UonOfferum.LocalHost.Output;
using UonOfferum.LocalHost.Settings;
using UonOfferum.LocalHost.Storage;

namespace UonOfferum.LocalHost;

/// <summary>The function app, running without Azure: HTTP, queues and timers on real storage.</summary>
public sealed class LocalHostApp : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly AzuriteKeeper? _azurite;
    private int _disposed;

    private LocalHostApp(WebApplication web, AzuriteKeeper? azurite, TimeSpan took)
    {
        (_web, _azurite) = (web, azurite);
        BaseAddress = new Uri(web.Urls.First()
            .Replace("[::]", "127.0.0.1", StringComparison.Ordinal)
            .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        Banner = StartupBanner.Format(
            Services.GetRequiredService<FunctionCatalog>(), Settings, BaseAddress, Services.GetRequiredService<FunctionKey>(),
            azurite?.ToString() ?? $"the account in {StorageAccounts.Default}", took);
    }

    /// <summary>Where it listens, without the route prefix.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Where the functions are: with the route prefix, ending in a slash.</summary>
    public Uri FunctionsAddress => new(BaseAddress, Settings.RoutePrefix is { Length: > 0 } prefix ? prefix + "/" : "");

    public string FunctionKey => Services.GetRequiredService<FunctionKey>().Value;

    /// <summary>Ends when the process is asked to end (Ctrl-C, SIGTERM) or the app stops itself.</summary>
    public CancellationToken Stopping => _web.Lifetime.ApplicationStopping;

    public IServiceProvider Services => _web.Services;

    /// <summary>What listens where, for a person.</summary>
    public string Banner { get; }

    private HostSettings Settings => Services.GetRequiredService<HostSettings>();

    /// <summary>Starts everything; returns once HTTP listens and the queues exist.</summary>
    /// <param name="args">As on the command line.</param>
    /// <param name="configure">Settings laid over all others; for tests and benchmarks.</param>
    /// <param name="app">The app to run; null: this repository's.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="LocalHostException">It cannot start; the message says why and what to do.</exception>
    public static async Task<LocalHostApp> StartAsync(
        IReadOnlyList<string> args, Action<IConfigurationBuilder>? configure = null, HostedApp? app = null,
        CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var line = CommandLine.Parse(args);
        var builder = LocalHostBuilder.Create(line, configure);
        var hosted = app ?? HostedApp.UonOfferum;
        // First, so that broken settings end it before anything runs or is written.
        var settings = LocalHostBuilder.Register(builder, hosted);
        var azurite = StorageAccounts.IsConfigured(builder.Configuration)
            ? null
            : await AzuriteProcess.StartAsync(Path.Combine(builder.Environment.ContentRootPath, ".azurite"), cancellationToken: cancellationToken);
        WebApplication? web = null;
        try
        {
            web = LocalHostBuilder.Build(builder, hosted, settings, azurite);
            await web.StartAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            await (web?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (exception is IOException { InnerException: AddressInUseException })
            {
                throw new LocalHostException(
                    $"Something else listens on {line.Url.GetLeftPart(UriPartial.Authority)} already: end it, "
                    + "or choose another address, for example --urls http://127.0.0.1:7072.", exception);
            }

            throw;
        }

        return new LocalHostApp(web, azurite is null ? null : Keep(azurite, web.Services), Stopwatch.GetElapsedTime(started));
    }

    private static AzuriteKeeper Keep(AzuriteProcess azurite, IServiceProvider services) =>
        new(azurite, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<AzuriteKeeper>>());

    /// <summary>Returns when <see cref="Stopping"/> has ended.</summary>
    public async Task WaitForShutdownAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Stopping.Register(stopping.SetResult);
        await stopping.Task;
    }

    /// <summary>Takes nothing more, lets what runs finish, then ends Azurite.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            await _web.StopAsync();
        }
        finally
        {
            await _web.DisposeAsync();
            await (_azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
