using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.Shared.Deliveries;

/// <summary>What to do when nobody knows whether an order arrived.</summary>
public enum UncertainPolicy
{
    /// <summary>Send once more: the destination's own duplicate filter tells.</summary>
    Resend,

    /// <summary>Wait for a person.</summary>
    Hold,
}

/// <param name="Timeout">One HTTP call; a claim's lease is twice as long.</param>
/// <param name="Retry">Delays after transient failures; then Failed.</param>
/// <param name="Uncertain">What to do when nobody knows.</param>
public sealed record DeliveryPolicy(TimeSpan Timeout, IReadOnlyList<TimeSpan> Retry, UncertainPolicy Uncertain)
{
    /// <summary>How long a person counts as sold once one record of theirs was; zero: records are not compared.</summary>
    public TimeSpan SamePerson { get; init; }
}

/// <param name="Address">With its query; keys are masked.</param>
/// <param name="Form">The fields in the order in which they are sent, with the person's values.</param>
public sealed record OrderPreview(string Address, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    /// <summary>Without the person.</summary>
    public override string ToString() => nameof(OrderPreview);
}

/// <summary>
/// Where records go. A destination builds and sends its order and reads the answer; claims, retries, holds and the journal are the
/// delivery stage's, the same for every destination.
/// </summary>
public interface IDestination
{
    /// <summary>Such as <c>offerum</c>; stands in the journal, in error codes and gates.</summary>
    string Name { get; }

    /// <summary>The queue its stage listens to.</summary>
    string Queue { get; }

    /// <summary>Whether this pipeline sells to it.</summary>
    bool Serves(Pipeline pipeline);

    DeliveryPolicy Policy(Pipeline pipeline);

    /// <summary>Names the account there: pipelines with the same one sell a person once. No secret need be in it that is not in the settings.</summary>
    string Account(Pipeline pipeline);

    /// <summary>Waits for a turn within what the destination takes. Null: go. Otherwise when to come back, which is no attempt.</summary>
    ValueTask<DateTimeOffset?> EnterAsync(Pipeline pipeline, CancellationToken cancellationToken) => ValueTask.FromResult<DateTimeOffset?>(null);

    /// <summary>The order as it would be sent, for a person to look at.</summary>
    OrderPreview Preview(Pipeline pipeline, Operation operation);

    /// <summary>Sends the order. Never throws for what the other side does: that is an outcome.</summary>
    Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken);
}
