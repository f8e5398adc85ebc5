using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Http;

internal static class HttpServices
{
    public static DestinationModule<HttpSettings> Module { get; } = new()
    {
        Name = HttpDestination.DestinationName,
        Queue = HttpDestination.QueueName,
        Section = HttpSettings.Section,
        Read = HttpSettings.Read,
        Policy = settings => settings.Policy,
        // Addresses do not show which of them share an account, so each pipeline counts as its own account.
        Account = (pipeline, _) => pipeline.Name,
        Services = Register,
    };

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient(HttpDestination.DestinationName);
        services.AddDestination<HttpDestination>();
    }
}
