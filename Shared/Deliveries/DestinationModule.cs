using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Everything the app needs to register a destination: its name, its queue, its settings reader, and its services.</summary>
internal abstract class DestinationModule
{
    /// <summary>Such as <c>offerum</c>; used in the journal, in error codes and breakers.</summary>
    public required string Name { get; init; }

    /// <summary>The queue its function listens to.</summary>
    public required string Queue { get; init; }

    /// <summary>A pipeline has the destination when it has this section.</summary>
    public abstract SettingsPart Settings { get; }

    /// <summary>Adds its services, <see cref="IDestination"/> among them.</summary>
    public required Action<IServiceCollection> Services { get; init; }

    public void Register(IServiceCollection services)
    {
        services.AddSingleton(new DestinationQueue(Name, Queue));
        Services(services);
    }
}

/// <summary>A destination whose settings are of this type; <see cref="Destination{TSettings}"/> reads its metadata from it.</summary>
internal sealed class DestinationModule<TSettings> : DestinationModule where TSettings : class
{
    /// <summary>The section below <c>Pipelines:{name}</c>.</summary>
    public required string Section { get; init; }

    public required Func<SettingsReader, IReadOnlyCollection<string>, TSettings> Read { get; init; }

    public required Func<TSettings, DeliveryPolicy> Policy { get; init; }

    /// <summary>Names the account at the destination if the setting <c>Account</c> does not: see <see cref="IDestination.Account"/>.</summary>
    public required Func<Pipeline, TSettings, string> Account { get; init; }

    public override SettingsPart Settings => new(Section, Read) { Destination = Name };
}

internal static class DestinationRegistration
{
    public static IServiceCollection AddDestination<TDestination>(this IServiceCollection services) where TDestination : class, IDestination =>
        services
            .AddSingleton<TDestination>()
            .AddSingleton<IDestination>(provider => provider.GetRequiredService<TDestination>());
}
