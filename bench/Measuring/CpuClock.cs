using System.Diagnostics;

namespace UonOfferum.Bench.Measuring;

/// <summary>What processes spend of the processor together: the one time that a busy machine hardly falsifies.</summary>
public sealed class CpuClock(params IReadOnlyList<Process> processes)
{
    private TimeSpan _before;
    private TimeSpan _spent;

    public TimeSpan Spent => _spent;

    public void Start() => _before = Total();

    public void Stop() => _spent += Total() - _before;

    public void Reset() => _spent = TimeSpan.Zero;

    private TimeSpan Total()
    {
        var total = TimeSpan.Zero;
        foreach (var process in processes)
        {
            process.Refresh();
            total += process.TotalProcessorTime;
        }

        return total;
    }
}
