namespace UonOfferum.Shared.Journal;

/// <summary>One operation's sending to one destination.</summary>
public sealed record Delivery
{
    public required string Destination { get; init; }

    public required OperationState State { get; init; }

    /// <summary>The attempt the journal promises next, or the last one made when nothing is promised.</summary>
    public required int Attempt { get; init; }

    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>Transient failures of this run: the index into the retry delays.</summary>
    public int Tries { get; init; }

    /// <summary>POSTs ever begun, over all runs; zero means that no claim row exists.</summary>
    public int Sends { get; init; }

    /// <summary>A send may have arrived unseen; later answers are read in that light.</summary>
    public bool Doubtful { get; init; }

    public string? OrderId { get; init; }

    /// <summary>HTTP status of the last answer.</summary>
    public int? ReplyStatus { get; init; }

    /// <summary>Body of the last answer, cut to 4,000 characters; kept in the operation's own row only.</summary>
    public string? ReplyBody { get; init; }

    public OperationError? Error { get; init; }

    /// <summary>The destination may have the order although nobody can say so.</summary>
    public bool IsInDoubt() => Doubtful || State is OperationState.Uncertain or OperationState.Unconfirmed;
}
