using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Bitrix24;

internal static class BitrixServices
{
    public static DestinationModule<BitrixSettings> Module { get; } = new()
    {
        Name = BitrixDestination.DestinationName,
        Queue = BitrixDestination.QueueName,
        Section = BitrixSettings.Section,
        Read = BitrixSettings.Read,
        Policy = settings => settings.Policy,
        Account = (_, settings) => settings.Webhook.Authority,
        Services = Register,
    };

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient<BitrixClient>();
        services
            .AddSingleton<IHealthProbe, BitrixProbe>()
            .AddDestination<BitrixDestination>();
    }
}
