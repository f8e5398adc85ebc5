using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;

namespace UonOfferum.OfferumSenderFunction;

internal static class OfferumServices
{
    public static IServiceCollection AddOfferumSender(this IServiceCollection services)
    {
        services
            .AddHttpClient<OfferumClient>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                // The key stands in the address, and a span of this call would carry the address into telemetry.
                handler.ActivityHeadersPropagator = null;
                handler.ConnectTimeout = TimeSpan.FromSeconds(10);
                // An idle connection that the other side closes just as an order goes out makes that order uncertain: keep none for long.
                handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services
            .AddSingleton<OfferumDestination>()
            .AddSingleton<StrayPostbacks>()
            .AddSingleton<PostbackReceiver>()
            .AddSingleton<IGateProbe, OfferumProbe>()
            .AddSingleton<IDestination>(provider => provider.GetRequiredService<OfferumDestination>());
    }
}
