using System.Security.Cryptography;

namespace UonOfferum.Shared.Limits;

/// <summary>Spreads retries, so that requests that failed together do not retry together.</summary>
/// <param name="source">A number from 0 to 1.</param>
public sealed class Jitter(Func<double> source)
{
    /// <summary>No cryptographic strength is needed, but one source of random numbers is enough.</summary>
    public static Jitter Random { get; } = new(() => RandomNumberGenerator.GetInt32(1000) / 1000d);

    public double Next() => source();
}
