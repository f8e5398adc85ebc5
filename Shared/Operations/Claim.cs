using Azure;

namespace UonOfferum.Shared.Operations;

/// <summary>
/// The right to send one operation to one destination, and what came of it. Written before the order leaves, so that a crash is
/// seen by the next reader.
/// </summary>
public sealed record Claim
{
    public required string Destination { get; init; }

    /// <summary>Random; a caller that finds its own value here wrote the row, even if the reply to that write was lost.</summary>
    public required string Owner { get; init; }

    /// <summary>Until then the owner may be at work; afterwards a claim without a result means that nobody knows.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>POSTs begun under this row, ever.</summary>
    public required int Sends { get; init; }

    /// <summary>The result is written; null while the send is in flight.</summary>
    public ClaimResult? Result { get; init; }

    public string? OrderId { get; init; }

    public int? ReplyStatus { get; init; }

    public ETag ETag { get; init; }
}
