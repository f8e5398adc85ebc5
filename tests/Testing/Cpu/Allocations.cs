namespace UonOfferum.Testing.Cpu;

/// <summary>Counts the bytes that a part allocates; unlike its time they are the same on every machine.</summary>
public static class Allocations
{
    private const int WarmUp = 50;
    private const int Samples = 20;

    /// <summary>The least of many runs: what a cache or the compiler adds now and then is not the part's.</summary>
    public static long Of(PurePart part)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            part.Run();
        }

        var least = long.MaxValue;
        for (var i = 0; i < Samples; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            part.Run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
