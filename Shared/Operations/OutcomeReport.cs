namespace UonOfferum.Shared.Operations;

/// <summary>An outcome of a sale to report, with its values at that time, because a later outcome replaces the operation's own.</summary>
/// <param name="Outcome">One of <see cref="Outcomes"/>.</param>
/// <param name="At">When it became known.</param>
public sealed record OutcomeReport(string Outcome, DateTimeOffset At)
{
    public string? OrderId { get; init; }

    /// <summary>As received from the network.</summary>
    public string? Payout { get; init; }

    public string? Currency { get; init; }

    /// <summary>Why it was refused; no personal data.</summary>
    public string? Reason { get; init; }
}

/// <summary>The outcomes of a sale: first the destination's reply, then the network's verdict. The names are used in settings and stored.</summary>
public static class Outcomes
{
    public const string Delivered = "delivered";
    public const string Duplicate = "duplicate";
    public const string Rejected = "rejected";
    public const string Approved = "approved";
    public const string Declined = "declined";
    public const string Trash = "trash";

    /// <summary>In the order in which they can follow each other.</summary>
    public static readonly IReadOnlyList<string> All = [Delivered, Duplicate, Rejected, Approved, Declined, Trash];
}
