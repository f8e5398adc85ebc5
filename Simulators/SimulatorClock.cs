using System.Security.Cryptography;

namespace UonOfferum.Simulators;

/// <summary>The time of a <see cref="TimeProvider"/> that never runs backwards, so that windows of calls can be measured on it.</summary>
internal sealed class SimulatorClock(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Now => _startedAt + time.GetElapsedTime(_started);

    /// <summary>Waits for the delay and, at random, up to the spread longer.</summary>
    public Task WaitAsync(TimeSpan delay, TimeSpan spread, CancellationToken cancellationToken)
    {
        if (spread > TimeSpan.Zero)
        {
            // Only spreads responses; no cryptographic strength is needed.
            delay += spread * (RandomNumberGenerator.GetInt32(1001) / 1000d);
        }

        return delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;
    }
}
