using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.Shared.Deliveries;

/// <summary>HTTP clients that are fit to carry orders.</summary>
internal static class OrderClients
{
    public static IHttpClientBuilder AddOrderClient(this IServiceCollection services, string name) =>
        services.AddHttpClient(name, http => http.Timeout = Timeout.InfiniteTimeSpan).ForOrders();

    public static IHttpClientBuilder AddOrderClient<TClient>(this IServiceCollection services) where TClient : class =>
        services.AddHttpClient<TClient>(http => http.Timeout = Timeout.InfiniteTimeSpan).ForOrders();

    private static IHttpClientBuilder ForOrders(this IHttpClientBuilder builder) =>
        builder
            .UseSocketsHttpHandler((handler, _) => Configure(handler))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

    /// <summary>What every connection that carries an order needs.</summary>
    public static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        // Keys stand in addresses, and a span of such a call would carry the address into telemetry.
        handler.ActivityHeadersPropagator = null;
        handler.ConnectTimeout = TimeSpan.FromSeconds(10);
        // An idle connection that the other side closes just as an order goes out makes that order uncertain: keep none for long.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }
}
