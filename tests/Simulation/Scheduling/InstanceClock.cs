namespace UonOfferum.Tests.Simulation.Scheduling;

/// <summary>The clock of one instance: the world's clock with a constant error.</summary>
internal sealed class InstanceClock(VirtualClock world, InstanceContext owner, TimeSpan skew) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.Read() + skew;

    public override long GetTimestamp() => world.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(world, owner, callback, state, dueTime, period);
}
