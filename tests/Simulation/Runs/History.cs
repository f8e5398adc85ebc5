using System.Globalization;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>What happened in one world, in order: always a digest, the lines only if they are needed.</summary>
public sealed class History(bool keeps)
{
    private const ulong Prime = 1099511628211;

    private readonly List<string> _lines = [];

    /// <summary>FNV-1a over every line: two runs with the same digest did the same.</summary>
    public ulong Digest { get; private set; } = 14695981039346656037;

    public IReadOnlyList<string> Lines => _lines;

    public int Count { get; private set; }

    public void Add(TimeSpan at, string line)
    {
        Count++;
        Digest = (Digest ^ (ulong)at.Ticks) * Prime;
        foreach (var character in line)
        {
            Digest = (Digest ^ character) * Prime;
        }

        if (keeps)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at:d\\.hh\\:mm\\:ss\\.fff}  {line}"));
        }
    }
}
