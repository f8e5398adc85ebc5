using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.Shared.Deliveries;

/// <summary>All that the app has to know of a destination to have it: how its settings are read, and what it is made of.</summary>
/// <param name="Settings">A pipeline has the destination when it has this section.</param>
/// <param name="Register">Adds its services, <see cref="IDestination"/> among them.</param>
internal sealed record DestinationModule(SettingsPart Settings, Action<IServiceCollection> Register);
