namespace UonOfferum.Bench;

/// <summary>The measurement is not possible; the message says why, in one sentence.</summary>
public sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
