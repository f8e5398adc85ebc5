using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace UonOfferum.Shared.Operations;

/// <summary>The delivery of one operation to one destination.</summary>
public sealed record Delivery
{
    public required string Destination { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>The attempt of the next outbox message, or the last one made when there is none.</summary>
    public required int Attempt { get; init; }

    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>Transient failures of this run: the index into the retry delays.</summary>
    public int Tries { get; init; }

    /// <summary>POST requests started in all runs; zero means that no claim row exists.</summary>
    public int Sends { get; init; }

    /// <summary>An earlier send may have arrived without a reply, which changes the meaning of later replies. The stored name is older.</summary>
    [JsonPropertyName("doubtful")]
    public bool MayHaveArrived { get; init; }

    /// <summary>An operator chose to send it although an earlier send may have arrived. It covers that send, and its retries while nothing can have arrived (after a 429 or a wrong key).</summary>
    public bool ResendApproved { get; init; }

    /// <summary>An operator had the record fetched for it after the destination refused it: it is sent again although the record is unchanged.</summary>
    public bool ResendUnchanged { get; init; }

    public string? OrderId { get; init; }

    /// <summary>HTTP status of the last answer.</summary>
    public int? ReplyStatus { get; init; }

    /// <summary>Body of the last answer, truncated to 4,000 characters; stored only in the operation's own row.</summary>
    public string? ReplyBody { get; init; }

    public OperationError? Error { get; init; }

    /// <summary>The revision of the pipeline under which it was last claimed, held or skipped; null: kept as code.</summary>
    public int? Revision { get; init; }

    /// <summary>The outcomes still to be reported; null: this delivery is an order.</summary>
    public ImmutableList<OutcomeReport>? Reports { get; init; }

    /// <summary>Whether it reports the outcomes of orders. It is not an order itself, and the operation's state does not depend on it.</summary>
    public bool IsReport() => Reports is not null;

    /// <summary>Whether the destination may have the order although no reply confirms it.</summary>
    public bool IsInDoubt() => MayHaveArrived || State.Rule().IsInDoubt;
}
