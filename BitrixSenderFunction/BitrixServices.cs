using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.BitrixSenderFunction;

internal static class BitrixServices
{
    public static DestinationModule Module { get; } =
        new(new SettingsPart(BitrixSettings.Section, BitrixSettings.Read) { IsDestination = true }, Register);

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient<BitrixClient>();
        services
            .AddSingleton<BitrixDestination>()
            .AddSingleton<IGateProbe, BitrixProbe>()
            .AddSingleton<IDestination>(provider => provider.GetRequiredService<BitrixDestination>());
    }
}
