using System.Diagnostics;

namespace UonOfferum.Bench.Measuring;

/// <summary>What a process spends of the processor: the one time that a busy machine hardly falsifies.</summary>
public sealed class CpuClock(Process process)
{
    private TimeSpan _before;
    private TimeSpan _spent;

    public TimeSpan Spent => _spent;

    public void Start()
    {
        process.Refresh();
        _before = process.TotalProcessorTime;
    }

    public void Stop()
    {
        process.Refresh();
        _spent += process.TotalProcessorTime - _before;
    }

    public void Reset() => _spent = TimeSpan.Zero;
}
