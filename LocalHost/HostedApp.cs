using Microsoft.Extensions.Hosting;

namespace UonOfferum.LocalHost;

/// <summary>The app to run: where its functions are and how its services are registered.</summary>
public sealed record HostedApp(IReadOnlyList<Type> Functions, Action<IHostApplicationBuilder> Register)
{
    /// <summary>The function app of this repository.</summary>
    public static HostedApp UonOfferum { get; } = new(typeof(UonOfferumApp).Assembly.GetTypes(), builder => builder.AddUonOfferum());
}
