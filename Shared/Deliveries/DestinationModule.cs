using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Shared.Deliveries;

/// <summary>All that the app has to know of a destination to have it: its name, its queue, how its settings are read, and what it is made of.</summary>
internal abstract class DestinationModule
{
    /// <summary>Such as <c>offerum</c>; stands in the journal, in error codes and breakers.</summary>
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

/// <summary>A destination whose settings are of this type; <see cref="Destination{TSettings}"/> answers from it.</summary>
internal sealed class DestinationModule<TSettings> : DestinationModule where TSettings : class
{
    /// <summary>The section below <c>Pipelines:{name}</c>.</summary>
    public required string Section { get; init; }

    public required Func<SettingsReader, IReadOnlyCollection<string>, TSettings> Read { get; init; }

    public required Func<TSettings, DeliveryPolicy> Policy { get; init; }

    /// <summary>Names the account there where the setting <c>Account</c> does not: see <see cref="IDestination.Account"/>.</summary>
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
