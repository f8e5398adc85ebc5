using System.Diagnostics;

namespace UonOfferum.Bench.Measuring;

/// <summary>Total processor time of the processes: the measurement that other load distorts least.</summary>
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
