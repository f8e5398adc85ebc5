namespace UonOfferum.Bench;

/// <summary>It cannot be measured; the message says why, in one sentence for an operator.</summary>
public sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
