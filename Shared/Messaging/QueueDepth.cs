namespace UonOfferum.Shared.Messaging;

/// <param name="Queue">Its name.</param>
/// <param name="Messages">The approximate count, including hidden ones.</param>
/// <param name="Oldest">How long the first visible message has been there; null when none is visible.</param>
public sealed record QueueDepth(string Queue, int Messages, TimeSpan? Oldest);
