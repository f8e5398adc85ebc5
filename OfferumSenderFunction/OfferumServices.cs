using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OfferumSenderFunction;

internal static class OfferumServices
{
    public static DestinationModule Module { get; } =
        new(new SettingsPart(OfferumSettings.Section, OfferumSettings.Read) { IsDestination = true }, services => services.AddOfferumSender());

    private static IServiceCollection AddOfferumSender(this IServiceCollection services)
    {
        services.AddOrderClient<OfferumClient>();
        return services
            .AddSingleton<OfferumDestination>()
            .AddSingleton<StrayPostbacks>()
            .AddSingleton<PostbackReceiver>()
            .AddSingleton<IGateProbe, OfferumProbe>()
            .AddSingleton<IDestination>(provider => provider.GetRequiredService<OfferumDestination>());
    }
}
