using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using UonOfferum.Shared.Limits;
using UonOfferum.Tests.Simulation.Outside;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Scheduling;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Host;

/// <summary>One running worker of the app: its own services, its own clock, killed at any moment.</summary>
public sealed class Instance
{
    private readonly Dictionary<Type, object> _functions = [];
    private readonly ServiceProvider _services;

    /// <param name="world">Where it runs.</param>
    /// <param name="slot">0 to 3; its clock's offset in the millisecond grid.</param>
    /// <param name="number">The number of this start.</param>
    /// <param name="services">The services as the app registers them.</param>
    /// <param name="skew">The error of its clock.</param>
    public Instance(World world, int slot, int number, IServiceCollection services, TimeSpan skew)
    {
        (Slot, Number, Skew) = (slot, number, skew);
        Context = new InstanceContext(world.Loop);
        Clock = new InstanceClock(world.Clock, Context, skew + TimeSpan.FromMilliseconds(2 * slot));
        var choices = world.ChoicesOfApp;
        services.AddSingleton(Clock);
        services.AddSingleton(new Jitter(choices.Share));
        services.PostConfigureAll<QueueClientOptions>(Redirect);
        services.PostConfigureAll<TableClientOptions>(Redirect);
        var handler = new OutsideHandler(world, this);
        services.ConfigureAll<HttpClientFactoryOptions>(options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = handler));
        world.Tamper?.Invoke(services);
        _services = services.BuildServiceProvider();
        // Created at the start, because some measure time from there. They are not run: they would use the wall clock of a host.
        HostedServices = [.. _services.GetServices<IHostedService>()];

        void Redirect(ClientOptions options)
        {
            options.Transport = new SimulatedTransport(world, this);
            // The client's own timeout uses the wall clock; StorageCall implements it in virtual time.
            options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
            options.RetryPolicy = new RetryPolicy(Clock, choices, options.Retry.MaxRetries, options.Retry.Delay, options.Retry.MaxDelay);
        }
    }

    public int Slot { get; }

    public int Number { get; }

    public TimeSpan Skew { get; }

    /// <summary>Its settings hold where the scenario resends, and the other way round.</summary>
    public bool PoliciesAreSwapped { get; init; }

    public InstanceContext Context { get; }

    public TimeProvider Clock { get; }

    public IServiceProvider Services => _services;

    public IReadOnlyList<IHostedService> HostedServices { get; }

    public bool IsAlive => !Context.IsDead;

    /// <summary>The function's class, created once: the state is in the app's services.</summary>
    public object Of(AppFunction function) =>
        _functions.TryGetValue(function.Type, out var made) ? made : _functions[function.Type] = function.Make(_services, null);

    /// <summary>Like SIGKILL: none of its code runs afterwards. Only resources that would outlive it in this process are released.</summary>
    public void Kill()
    {
        Context.IsDead = true;
        _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
