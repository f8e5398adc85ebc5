namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>One holder at a time, in the order of arrival. Unlike a semaphore it waits by a <see cref="TimeProvider"/>.</summary>
internal sealed class AsyncLock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private bool _isHeld;

    /// <summary>False when the lock was not granted within <paramref name="maxWait"/>.</summary>
    public async ValueTask<bool> AcquireAsync(TimeSpan maxWait, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource();
        lock (_lock)
        {
            if (!_isHeld)
            {
                return _isHeld = true;
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

            // The lock was granted at the same moment.
        }
        catch (OperationCanceledException)
        {
            if (!IsWithdrawn(mine))
            {
                Release();
            }

            throw;
        }

        // Yield, so that the releasing caller does not run this caller's continuation.
        await Task.Yield();
        return true;
    }

    public void Release()
    {
        TaskCompletionSource? next;
        lock (_lock)
        {
            next = _waiting.First?.Value;
            _isHeld = next is not null;
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
