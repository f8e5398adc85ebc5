using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Max;

internal static class MaxServices
{
    public static DestinationModule<MaxSettings> Module { get; } = new()
    {
        Name = MaxDestination.DestinationName,
        Queue = MaxDestination.QueueName,
        Section = MaxSettings.Section,
        Read = MaxSettings.Read,
        Policy = settings => settings.Policy,
        Account = (_, settings) => settings.Recipient,
        Services = Register,
    };

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient<MaxClient>();
        services
            .AddSingleton<IHealthProbe, MaxProbe>()
            .AddDestination<MaxDestination>();
    }
}
