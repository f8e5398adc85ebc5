using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>A destination that takes its metadata from its module; subclasses implement the rate limit, the preview and the sending.</summary>
public abstract class Destination<TSettings> : IDestination where TSettings : class
{
    private readonly DestinationModule<TSettings> _module;

    private protected Destination(DestinationModule<TSettings> module) => _module = module;

    public string Name => _module.Name;

    public string Queue => _module.Queue;

    public bool Serves(Pipeline pipeline) => pipeline.Has<TSettings>();

    public DeliveryPolicy Policy(Pipeline pipeline) => _module.Policy(pipeline.Get<TSettings>());

    public string Account(Pipeline pipeline) => Policy(pipeline).Account ?? _module.Account(pipeline, pipeline.Get<TSettings>());

    public virtual ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken) => ValueTask.FromResult<DateTimeOffset?>(null);

    public abstract OrderPreview Preview(Pipeline pipeline, Operation operation);

    public abstract Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken);
}
