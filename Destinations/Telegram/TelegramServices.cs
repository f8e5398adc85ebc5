using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Telegram;

internal static class TelegramServices
{
    public static DestinationModule<TelegramSettings> Module { get; } = new()
    {
        Name = TelegramDestination.DestinationName,
        Queue = TelegramDestination.QueueName,
        Section = TelegramSettings.Section,
        Read = TelegramSettings.Read,
        Policy = settings => settings.Policy,
        Account = (_, settings) => settings.ChatId,
        Services = Register,
    };

    private static void Register(IServiceCollection services)
    {
        services.AddOrderClient<TelegramClient>();
        services
            .AddSingleton<IHealthProbe, TelegramProbe>()
            .AddDestination<TelegramDestination>();
    }
}
