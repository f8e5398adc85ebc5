namespace UonOfferum.Shared.Messaging;

/// <summary>Which queue a destination's deliveries travel on; each destination registers its own.</summary>
public sealed record DestinationQueue(string Destination, string Queue);
