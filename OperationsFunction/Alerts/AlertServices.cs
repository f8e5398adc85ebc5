using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.OperationsFunction.Alerts;

internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        foreach (var channel in new[] { nameof(TelegramChannel), nameof(MaxChannel) })
        {
            services
                .AddHttpClient(channel, http => http.Timeout = Timeout.InfiniteTimeSpan)
                .UseSocketsHttpHandler((handler, _) => Configure(handler))
                .RemoveAllLoggers();
        }

        return services
            .AddSingleton(provider => AlertSettings.Read(provider.GetRequiredService<IConfiguration>(), []))
            .AddSingleton<IAlertChannel, EmailChannel>()
            .AddSingleton<IAlertChannel, TelegramChannel>()
            .AddSingleton<IAlertChannel, MaxChannel>()
            .AddSingleton<AlertStore>()
            .AddSingleton<AlertCauses>()
            .AddSingleton<DailySummary>()
            .AddSingleton<AlertWatch>()
            .AddSingleton<AlertStatus>();
    }

    internal static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        // The address may hold a token, and a span of such a call would copy the address into telemetry.
        handler.ActivityHeadersPropagator = null;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }
}
