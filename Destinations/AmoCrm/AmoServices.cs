using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.AmoCrm;

internal static class AmoServices
{
    public static DestinationModule<AmoSettings> Module { get; } = new()
    {
        Name = AmoDestination.DestinationName,
        Queue = AmoDestination.QueueName,
        Section = AmoSettings.Section,
        Read = AmoSettings.Read,
        Policy = settings => settings.Policy,
        Account = (_, settings) => settings.BaseAddress.Authority,
        Services = Register,
    };

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient<AmoClient>();
        services.AddOrderClient<AmoOAuthClient>();
        services
            .AddSingleton<AmoTokens>()
            .AddSingleton<IHealthProbe, AmoProbe>()
            .AddDestination<AmoDestination>();
    }
}
