using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.HttpSenderFunction;

internal static class HttpServices
{
    public static DestinationModule Module { get; } =
        new(new SettingsPart(HttpSettings.Section, HttpSettings.Read) { IsDestination = true }, Register);

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient(HttpDestination.DestinationName);
        services
            .AddSingleton<HttpDestination>()
            .AddSingleton<IDestination>(provider => provider.GetRequiredService<HttpDestination>());
    }
}
