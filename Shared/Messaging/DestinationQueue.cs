namespace UonOfferum.Shared.Messaging;

/// <summary>The queue of a destination's deliveries; each destination registers its own.</summary>
public sealed record DestinationQueue(string Destination, string Queue);
