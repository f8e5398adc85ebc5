using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.Shared.Deliveries;

/// <summary>HTTP clients for sending orders.</summary>
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

    /// <summary>Settings of every connection that carries an order.</summary>
    public static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        // Addresses contain keys, and a span of such a call would copy the address into telemetry.
        handler.ActivityHeadersPropagator = null;
        // A header may contain a lead's name. The default refuses all but ASCII before the order goes out.
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8;
        handler.ConnectTimeout = TimeSpan.FromSeconds(10);
        // If the other side closes an idle connection while an order is being sent, the order becomes uncertain: do not keep idle connections long.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }
}
