namespace UonOfferum.Bench;

/// <summary>One thing this program measures.</summary>
/// <param name="Name">The first word on the command line.</param>
/// <param name="Usage">What it does and its options with their defaults.</param>
/// <param name="RunAsync">Measures; the result is the exit code: 0 when the measured guarantee holds.</param>
public sealed record BenchCommand(string Name, string Usage, Func<BenchArguments, CancellationToken, Task<int>> RunAsync);

/// <summary>It cannot be measured; the message says why, in one sentence for an operator.</summary>
public sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
