namespace UonOfferum.Tests.Simulation.Scheduling;

/// <summary>A timer of an instance, or of the world (no instance). Those of a killed instance never fire.</summary>
internal sealed class VirtualTimer : ITimer
{
    private readonly VirtualClock _clock;
    private readonly InstanceContext? _owner;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private TimeSpan _period;

    public VirtualTimer(VirtualClock clock, InstanceContext? owner, TimerCallback callback, object? state, TimeSpan due, TimeSpan period)
    {
        (_clock, _owner, _callback, _state) = (clock, owner, callback, state);
        Change(due, period);
    }

    /// <summary>Null: not running.</summary>
    public DateTimeOffset? Due { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        Due = null;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Due = _clock.Now + dueTime;
            _clock.Add(this, Due.Value);
        }

        return true;
    }

    public void Taken()
    {
        Due = null;
        if (_period > TimeSpan.Zero)
        {
            Change(_period, _period);
        }
    }

    public void Fire()
    {
        if (_owner is not { IsDead: true })
        {
            _callback(_state);
        }
    }

    public void Dispose() => Due = null;

    public ValueTask DisposeAsync()
    {
        Due = null;
        return ValueTask.CompletedTask;
    }
}
