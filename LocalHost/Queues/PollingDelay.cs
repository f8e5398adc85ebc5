namespace UonOfferum.LocalHost.Queues;

/// <summary>Pauses between looks at an empty queue: from 100 ms, doubling with a fifth of chance either way, up to a maximum.</summary>
internal sealed class PollingDelay(TimeSpan max, Random random)
{
    public static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100);

    private TimeSpan _next = Min;

    public void Reset() => _next = Min;

    public TimeSpan Next()
    {
        var delay = _next < max ? _next : max;
        _next = delay * 2;
        var jittered = delay * (0.8 + (0.4 * random.NextDouble()));
        return jittered < max ? jittered : max;
    }
}
