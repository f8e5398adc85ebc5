namespace UonOfferum.Bench.Simulate;

/// <summary>One deliberate bug: a piece of the sources and what stands there instead.</summary>
/// <param name="Name">In words.</param>
/// <param name="File">From the repository's root.</param>
/// <param name="Old">Must stand there exactly once.</param>
/// <param name="New">The bug.</param>
internal sealed record Mutation(string Name, string File, string Old, string New);
