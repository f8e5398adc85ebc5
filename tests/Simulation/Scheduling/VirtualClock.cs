namespace UonOfferum.Tests.Simulation.Scheduling;

/// <summary>The time of one simulated world. It advances when the scheduler moves it, and slightly with each reading.</summary>
public sealed class VirtualClock
{
    /// <summary>
    /// Each reading takes this long. With an offset of two milliseconds an instance, no two instances read the same millisecond, so
    /// run ids are never ordered by their random bits.
    /// </summary>
    public static readonly TimeSpan ReadingTakes = TimeSpan.FromMilliseconds(8);

    private static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = Start;

    public TimeSpan Elapsed => Now - Start;

    public DateTimeOffset Read() => Now += ReadingTakes;

    public void Advance(TimeSpan by) => Now += by > TimeSpan.Zero ? by : TimeSpan.Zero;

    public void AdvanceTo(DateTimeOffset at) => Now = at > Now ? at : Now;

    /// <summary>When the next timer is due; null when there is none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            while (_timers.TryPeek(out var timer, out var at))
            {
                if (timer.Due?.UtcTicks == at.Due)
                {
                    return timer.Due;
                }

                _timers.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Takes the next timer that is due, if one is.</summary>
    internal VirtualTimer? TakeDue()
    {
        if (NextDue > Now || !_timers.TryDequeue(out var timer, out _))
        {
            return null;
        }

        timer.Taken();
        return timer;
    }

    /// <summary>Schedules an action of the world itself.</summary>
    public void After(TimeSpan delay, Action action) => _ = new VirtualTimer(this, null, _ => action(), null, delay, Timeout.InfiniteTimeSpan);

    internal void Add(VirtualTimer timer, DateTimeOffset due) => _timers.Enqueue(timer, (due.UtcTicks, _order++));
}
