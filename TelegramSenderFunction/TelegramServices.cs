using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.TelegramSenderFunction;

internal static class TelegramServices
{
    public static DestinationModule Module { get; } =
        new(new SettingsPart(TelegramSettings.Section, TelegramSettings.Read) { IsDestination = true }, Register);

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient<TelegramClient>();
        services
            .AddSingleton<TelegramDestination>()
            .AddSingleton<IGateProbe, TelegramProbe>()
            .AddSingleton<IDestination>(provider => provider.GetRequiredService<TelegramDestination>());
    }
}
