namespace UonOfferum.Simulators;

/// <summary>The time of a <see cref="TimeProvider"/> that never runs backwards, so that windows of calls can be measured on it.</summary>
internal sealed class SimulatorClock(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Now => _startedAt + time.GetElapsedTime(_started);

    public Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;
}
