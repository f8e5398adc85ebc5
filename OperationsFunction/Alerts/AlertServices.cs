using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.OperationsFunction.Alerts;

internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services
            .AddHttpClient(nameof(TelegramChannel), http => http.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                // The token stands in the address, and a span of this call would carry the address into telemetry.
                handler.ActivityHeadersPropagator = null;
            })
            .RemoveAllLoggers();
        return services
            .AddSingleton(provider => AlertSettings.Read(provider.GetRequiredService<IConfiguration>(), _ => { }))
            .AddSingleton<IAlertChannel, EmailChannel>()
            .AddSingleton<IAlertChannel, TelegramChannel>()
            .AddSingleton<AlertStore>()
            .AddSingleton<AlertCauses>()
            .AddSingleton<DailySummary>()
            .AddSingleton<AlertWatch>()
            .AddSingleton<AlertStatus>();
    }
}
