namespace UonOfferum.Testing;

/// <summary>The test bed cannot do what is asked of it; the message says why, in one sentence.</summary>
public sealed class TestBedException(string message, Exception? inner = null) : Exception(message, inner);
