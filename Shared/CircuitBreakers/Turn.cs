namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>One holder at a time, in the order of arrival. Unlike a semaphore it waits by a <see cref="TimeProvider"/>.</summary>
internal sealed class Turn(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private bool _isTaken;

    /// <summary>False when the turn was not granted within <paramref name="maxWait"/>.</summary>
    public async ValueTask<bool> TakeAsync(TimeSpan maxWait, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource();
        lock (_lock)
        {
            if (!_isTaken)
            {
                return _isTaken = true;
            }

            _waiting.AddLast(mine);
        }

        try
        {
            await mine.Task.WaitAsync(maxWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            if (IsWithdrawn(mine))
            {
                return false;
            }

            // The turn was granted at the same moment.
        }
        catch (OperationCanceledException)
        {
            if (!IsWithdrawn(mine))
            {
                GiveBack();
            }

            throw;
        }

        // Yield, so that the releasing caller does not run this caller's continuation.
        await Task.Yield();
        return true;
    }

    public void GiveBack()
    {
        TaskCompletionSource? next;
        lock (_lock)
        {
            next = _waiting.First?.Value;
            _isTaken = next is not null;
            if (next is not null)
            {
                _waiting.RemoveFirst();
            }
        }

        next?.SetResult();
    }

    private bool IsWithdrawn(TaskCompletionSource mine)
    {
        lock (_lock)
        {
            return _waiting.Remove(mine);
        }
    }
}
