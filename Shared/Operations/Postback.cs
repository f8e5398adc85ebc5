namespace UonOfferum.Shared.Operations;

/// <summary>What the network later said became of the order. Untrusted values, kept as they came.</summary>
/// <param name="Status"><c>waiting</c>, <c>approved</c>, <c>declined</c> or <c>trash</c>.</param>
/// <param name="Payout">Sum paid, as text.</param>
/// <param name="Currency">As the network names it.</param>
/// <param name="At">When it was received.</param>
public sealed record Postback(string Status, string? Payout, string? Currency, DateTimeOffset At);
