using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.OfferumSenderFunction;

internal static class OfferumServices
{
    public static DestinationModule<OfferumSettings> Module { get; } = new()
    {
        Name = OfferumDestination.DestinationName,
        Queue = OfferumDestination.QueueName,
        Section = OfferumSettings.Section,
        Read = OfferumSettings.Read,
        Policy = settings => settings.Policy,
        Account = (_, settings) => settings.Flow,
        Services = services => services.AddOfferumSender(),
    };

    private static IServiceCollection AddOfferumSender(this IServiceCollection services)
    {
        services.AddOrderClient<OfferumClient>();
        return services
            .AddSingleton<UnmatchedPostbacks>()
            .AddSingleton<PostbackReceiver>()
            .AddSingleton<OfferumProbe>()
            .AddSingleton<IHealthProbe>(provider => provider.GetRequiredService<OfferumProbe>())
            .AddSingleton<IAccountFlows>(provider => provider.GetRequiredService<OfferumProbe>())
            .AddDestination<OfferumDestination>();
    }
}
