using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>
/// Decides by recent replies of one system whether it is down, in Polly's terms: the failure ratio within a sampling duration, given a
/// minimum throughput. An operation counts once, by its last reply, so one lead that keeps failing never blocks the others.
/// </summary>
/// <remarks>
/// A quiet pipeline never reaches the minimum throughput. There <see cref="QuietOperations"/> failed operations count as an outage when none
/// has succeeded for <see cref="QuietDuration"/>.
/// </remarks>
public sealed class FailureWindow
{
    /// <summary>Older replies do not count.</summary>
    public static readonly TimeSpan SamplingDuration = TimeSpan.FromMinutes(1);

    /// <summary>With fewer operations in the window, the ratio is not evaluated.</summary>
    public const int MinimumThroughput = 10;

    /// <summary>
    /// The share of failed operations that counts as an outage. Higher than Polly's 0.1: a held lead waits for a probe, while a failed one is
    /// retried on its own, so a system that accepts every second lead is better left connected.
    /// </summary>
    public const double FailureRatio = 0.6;

    public const int QuietOperations = 5;

    public static readonly TimeSpan QuietDuration = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<OperationId, (DateTimeOffset At, bool Failed)> _last = [];
    private readonly Queue<(DateTimeOffset At, OperationId Operation)> _order = new();
    private readonly HashSet<OperationId> _failedSinceSuccess = [];
    private DateTimeOffset _firstFailure;
    private int _failed;

    public void Succeeded(OperationId operation, DateTimeOffset now)
    {
        lock (_lock)
        {
            _failedSinceSuccess.Clear();
            Count(operation, failed: false, now);
        }
    }

    /// <summary>True when this failure makes it an outage; the window is then reset.</summary>
    public bool Failed(OperationId operation, DateTimeOffset now)
    {
        lock (_lock)
        {
            Count(operation, failed: true, now);
            if (_failedSinceSuccess.Count == 0)
            {
                _firstFailure = now;
            }

            if (_failedSinceSuccess.Count < QuietOperations)
            {
                _failedSinceSuccess.Add(operation);
            }

            var isOut = (_last.Count >= MinimumThroughput && _failed >= FailureRatio * _last.Count)
                || (_failedSinceSuccess.Count >= QuietOperations && now - _firstFailure >= QuietDuration);
            if (isOut)
            {
                Clear();
            }

            return isOut;
        }
    }

    private void Count(OperationId operation, bool failed, DateTimeOffset now)
    {
        while (_order.TryPeek(out var oldest) && now - oldest.At > SamplingDuration)
        {
            _order.Dequeue();
            // A later answer of the same operation has an entry of its own.
            if (_last.TryGetValue(oldest.Operation, out var last) && last.At == oldest.At)
            {
                Forget(oldest.Operation);
            }
        }

        Forget(operation);
        _last[operation] = (now, failed);
        _order.Enqueue((now, operation));
        _failed += failed ? 1 : 0;
    }

    private void Forget(OperationId operation)
    {
        if (_last.Remove(operation, out var answer) && answer.Failed)
        {
            _failed--;
        }
    }

    private void Clear()
    {
        _last.Clear();
        _order.Clear();
        _failedSinceSuccess.Clear();
        _failed = 0;
    }
}
