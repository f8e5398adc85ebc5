using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.AmoSenderFunction;

internal static class AmoServices
{
    public static DestinationModule Module { get; } =
        new(new SettingsPart(AmoSettings.Section, AmoSettings.Read) { IsDestination = true }, Register);

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient<AmoClient>();
        services.AddOrderClient<AmoOAuthClient>();
        services
            .AddSingleton<AmoTokens>()
            .AddSingleton<AmoDestination>()
            .AddSingleton<IGateProbe, AmoProbe>()
            .AddSingleton<IDestination>(provider => provider.GetRequiredService<AmoDestination>());
    }
}
