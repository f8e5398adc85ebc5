using Azure;

namespace UonOfferum.Shared.Operations;

/// <summary>
/// The right to send one operation to one destination, and the result. Written before the order is sent, so that a crash is
/// visible to the next reader.
/// </summary>
public sealed record Claim
{
    public required string Destination { get; init; }

    /// <summary>Random; a caller that finds its own value here wrote the row, even if the reply to that write was lost.</summary>
    public required string Owner { get; init; }

    /// <summary>Until then the owner may be sending; afterwards a claim without a result means that the outcome is unknown.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>How long the lease lasts after the row was written; null in rows of versions that did not store it.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>When the row was written last, by the clock of the reader; null: not read from storage.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Total POST requests started under this row.</summary>
    public required int Sends { get; init; }

    /// <summary>The result is written; null while the send is in flight.</summary>
    public ClaimResult? Result { get; init; }

    /// <summary>The result proves that this send left nothing at the destination. False without a result, and in rows of versions that did not store it.</summary>
    public bool LeftNothing { get; init; }

    public string? OrderId { get; init; }

    public int? ReplyStatus { get; init; }

    public ETag ETag { get; init; }
}
