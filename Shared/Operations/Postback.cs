namespace UonOfferum.Shared.Operations;

/// <summary>The network's later report on the order. Untrusted values, stored as received.</summary>
/// <param name="Status"><c>waiting</c>, <c>approved</c>, <c>declined</c> or <c>trash</c>.</param>
/// <param name="Payout">Sum paid, as text.</param>
/// <param name="Currency">The network's name for it.</param>
/// <param name="At">When it was received.</param>
public sealed record Postback(string Status, string? Payout, string? Currency, DateTimeOffset At)
{
    /// <summary>What the story says of a delivery that a postback proved, maybe long after the order arrived.</summary>
    public const string Proof = "the postback proves that the order arrived";
}
