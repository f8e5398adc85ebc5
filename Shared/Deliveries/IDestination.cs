using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>What to do when it is unknown whether an order arrived.</summary>
public enum UncertainPolicy
{
    /// <summary>Send again: the destination's own duplicate filter handles a duplicate.</summary>
    Resend,

    /// <summary>Wait for an operator.</summary>
    Hold,
}

/// <summary>What to do with a record that another pipeline of its cabinet sends to the same account.</summary>
public enum SameRecordPolicy
{
    /// <summary>It is sold there once.</summary>
    Skip,

    /// <summary>Each pipeline sells it.</summary>
    Send,
}

/// <param name="Timeout">One HTTP call; a claim's lease is twice as long.</param>
/// <param name="Retry">Delays after transient failures; then Failed.</param>
/// <param name="Uncertain">What to do when the outcome is unknown.</param>
public sealed record DeliveryPolicy(TimeSpan Timeout, IReadOnlyList<TimeSpan> Retry, UncertainPolicy Uncertain)
{
    /// <summary>
    /// For a destination where a second send checks whether the first one arrived: the minimum delay before that check, after an uncertain
    /// reply or no reply. Zero: it does not check.
    /// </summary>
    public TimeSpan SearchAfter { get; init; }

    /// <summary>Sending again does no harm, because the destination checks the existing state first. No delivery is uncertain then.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>How long a sold phone number blocks other records with the same number; zero: records are not compared.</summary>
    public TimeSpan SamePerson { get; init; }

    public SameRecordPolicy SameRecord { get; init; }

    /// <summary>Names the destination account for these comparisons; null: the destination chooses.</summary>
    public string? Account { get; init; }
}

/// <param name="Address">With its query; keys are masked.</param>
/// <param name="Form">The fields in the order in which they are sent, with the client's values.</param>
public sealed record OrderPreview(string Address, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>The body as it would be sent, if it is not a form; null otherwise.</summary>
    public string? Body { get; init; }

    /// <summary>Without personal data.</summary>
    public override string ToString() => nameof(OrderPreview);
}

/// <summary>
/// A receiver of records. A destination builds and sends its order and reads the reply; the delivery stage handles claims, retries, holds
/// and the journal in the same way for every destination.
/// </summary>
public interface IDestination
{
    /// <summary>Such as <c>offerum</c>; used in the journal, in error codes and breakers.</summary>
    string Name { get; }

    /// <summary>The queue its stage listens to.</summary>
    string Queue { get; }

    /// <summary>Whether this pipeline sells to it, or reports to it.</summary>
    bool Serves(Pipeline pipeline);

    /// <summary>It receives the outcomes of orders, but no records.</summary>
    bool IsReport => false;

    DeliveryPolicy Policy(Pipeline pipeline);

    /// <summary>Names the account: its pipelines sell a record once, and with <c>SamePerson</c> a phone number once. Never a key, which may change.</summary>
    string Account(Pipeline pipeline);

    /// <summary>Waits for a slot within the destination's rate limit. Null: send now. Otherwise the time to try again; the wait is not an attempt.</summary>
    ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken) => ValueTask.FromResult<DateTimeOffset?>(null);

    /// <summary>The order as it would be sent, for display to an operator.</summary>
    OrderPreview Preview(Pipeline pipeline, Operation operation);

    /// <summary>Sends the order. Never throws for a failure of the other side: that is an outcome.</summary>
    Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken);
}
