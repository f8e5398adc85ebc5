using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.AmoSenderFunction;

/// <summary>An account of amoCRM, which gets a lead and its contact in one request.</summary>
public sealed class AmoDestination(AmoClient client, Pace pace) : IDestination
{
    public const string DestinationName = "amo";

    public const string QueueName = "amo-orders";

    public string Name => DestinationName;

    public string Queue => QueueName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<AmoSettings>();

    public DeliveryPolicy Policy(Pipeline pipeline) => pipeline.Get<AmoSettings>().Policy;

    public string Account(Pipeline pipeline) => pipeline.Get<AmoSettings>().BaseAddress.Authority;

    /// <summary>The limit is the account's, whichever pipelines write into it.</summary>
    public ValueTask<DateTimeOffset?> EnterAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<AmoSettings>();
        return pace.EnterAsync($"{DestinationName}|{settings.BaseAddress.Authority}", settings.RequestsPerSecond, cancellationToken);
    }

    public OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<AmoSettings>();
        return new OrderPreview(new Uri(settings.BaseAddress, AmoClient.LeadPath).AbsoluteUri, AmoLead.Shown(operation, settings));
    }

    public Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<AmoSettings>();
        return client.AddAsync(settings, AmoLead.Of(operation, settings), cancellationToken);
    }
}
