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
        // Nobody can tell which addresses belong together: a pipeline is an account of its own.
        Account = (pipeline, _) => pipeline.Name,
        Services = Register,
    };

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient(HttpDestination.DestinationName);
        services.AddDestination<HttpDestination>();
    }
}
