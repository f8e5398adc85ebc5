using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>What to do when nobody knows whether an order arrived.</summary>
public enum UncertainPolicy
{
    /// <summary>Send once more: the destination's own duplicate filter tells.</summary>
    Resend,

    /// <summary>Wait for an operator.</summary>
    Hold,
}

/// <summary>What to do with a record that another pipeline of its cabinet carries to the same account.</summary>
public enum SameRecordPolicy
{
    /// <summary>It is sold there once.</summary>
    Skip,

    /// <summary>Each pipeline sells it.</summary>
    Send,
}

/// <param name="Timeout">One HTTP call; a claim's lease is twice as long.</param>
/// <param name="Retry">Delays after transient failures; then Failed.</param>
/// <param name="Uncertain">What to do when nobody knows.</param>
public sealed record DeliveryPolicy(TimeSpan Timeout, IReadOnlyList<TimeSpan> Retry, UncertainPolicy Uncertain)
{
    /// <summary>
    /// Where a second send looks whether the first one arrived: how long after an answer that leaves the order in doubt, or none, it may
    /// look at the earliest. Zero: it does not look.
    /// </summary>
    public TimeSpan LooksAfter { get; init; }

    /// <summary>Sending again does no harm, because it looks first what is there already. Nothing is ever in doubt then.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>How long a sold phone number blocks other records with the same number; zero: records are not compared.</summary>
    public TimeSpan SamePerson { get; init; }

    public SameRecordPolicy SameRecord { get; init; }

    /// <summary>Names the account there for these comparisons; null: the destination's own choice.</summary>
    public string? Account { get; init; }
}

/// <param name="Address">With its query; keys are masked.</param>
/// <param name="Form">The fields in the order in which they are sent, with the client's values.</param>
public sealed record OrderPreview(string Address, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    /// <summary>Of HTTP.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>The body as it would be sent where it is no form; null otherwise.</summary>
    public string? Body { get; init; }

    /// <summary>Without personal data.</summary>
    public override string ToString() => nameof(OrderPreview);
}

/// <summary>
/// Where records go. A destination builds and sends its order and reads the answer; claims, retries, holds and the journal are the
/// delivery stage's, the same for every destination.
/// </summary>
public interface IDestination
{
    /// <summary>Such as <c>offerum</c>; stands in the journal, in error codes and breakers.</summary>
    string Name { get; }

    /// <summary>The queue its stage listens to.</summary>
    string Queue { get; }

    /// <summary>Whether this pipeline sells to it, or reports to it.</summary>
    bool Serves(Pipeline pipeline);

    /// <summary>It is told what became of the orders; no record goes there.</summary>
    bool IsReport => false;

    DeliveryPolicy Policy(Pipeline pipeline);

    /// <summary>Names the account there: pipelines with the same account sell a record, and where <c>SamePerson</c> says so a phone number, once. No key: a new key makes no new account.</summary>
    string Account(Pipeline pipeline);

    /// <summary>Waits for a turn within what the destination takes. Null: go. Otherwise when to come back, which is no attempt.</summary>
    ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken) => ValueTask.FromResult<DateTimeOffset?>(null);

    /// <summary>The order as it would be sent, for an operator to look at.</summary>
    OrderPreview Preview(Pipeline pipeline, Operation operation);

    /// <summary>Whether the destination itself has spoken of this operation's order, by a postback. That proves the order is there, whatever its POST came to.</summary>
    bool HasConfirmed(Operation operation) => false;

    /// <summary>Sends the order. Never throws for what the other side does: that is an outcome.</summary>
    Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken);
}
