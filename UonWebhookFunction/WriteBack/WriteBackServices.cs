using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.UonWebhookFunction.WriteBack;

internal static class WriteBackServices
{
    public static IServiceCollection AddWriteBack(this IServiceCollection services) =>
        services
            .AddSingleton(new DestinationQueue(WriteBackDestination.DestinationName, WriteBackDestination.QueueName))
            .AddDestination<WriteBackDestination>()
            .AddSingleton<IFollowUps, WriteBackFollowUps>()
            .AddSingleton<IHealthProbe, WriteBackProbe>();
}
