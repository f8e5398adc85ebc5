namespace UonOfferum.Tests.Simulation.Scheduling;

/// <summary>A stream of random choices from a seed: SplitMix64, whose numbers are the same on every machine and version of .NET.</summary>
public sealed class Choices(ulong seed)
{
    private ulong _state = seed;

    /// <summary>An independent stream, so that another choice here does not change the others.</summary>
    public Choices Fork(ulong salt) => new(Mix(_state ^ Mix(salt + 0x632BE59BD9B4E019)));

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>0 to <paramref name="limit"/>, exclusive.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>Between the two, both inclusive.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True with a probability of one in this number; never for 0.</summary>
    public bool OneIn(int many) => many > 0 && Below(many) == 0;

    public T Of<T>(params IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>0 to 1, exclusive.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public TimeSpan Between(TimeSpan low, TimeSpan high) => low + (high - low) * Share();

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
