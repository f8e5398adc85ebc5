namespace UonOfferum.Shared.Limits;

/// <summary>One limit as this instance sees it: its lanes, the last slot it assigned, and the row as last seen.</summary>
internal sealed class SharedLimit(string name, string me, LaneGrid grid, LaneStore store, Jitter jitter, TimeProvider time) : IDisposable
{
    /// <summary>A wait this long justifies a request for more lanes.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    /// <summary>The time between two requests for more lanes.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    /// <summary>How long before its end a lease in use is renewed, so that others do not find all lanes free.</summary>
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(2);

    /// <summary>This many calls within a lease for occasional calls are no longer occasional: take a new, shorter lease, so that others soon get their share.</summary>
    private const int Few = 10;

    private const int MostTries = 8;

    /// <summary>The time between two attempts to write the row.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(40);

    private readonly SemaphoreSlim _one = new(1, 1);
    private StoredLanes? _seen;
    private LaneRow _row = LaneRow.Empty;
    private IReadOnlyList<int> _lanes = [];
    private DateTimeOffset _until;
    private DateTimeOffset _last;
    private DateTimeOffset _askMoreAt;
    private DateTimeOffset _nothingBefore;
    private bool _isAlone = true;
    private bool _isQuiet;
    private int _calls;

    public TimeSpan Spacing => grid.Spacing(_lanes.Count);

    public void Dispose() => _one.Dispose();

    /// <summary>Reserves the next slot before the deadline. If none is reserved: when to try again.</summary>
    public async Task<(DateTimeOffset At, bool IsReserved)> ReserveAsync(DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_until <= now ? _nothingBefore <= now : _until - now < RenewBefore && IsBusy(now))
            {
                await LeaseAsync(IsBusy(now), cancellationToken);
            }
            else if (_askMoreAt <= now && (_isQuiet ? _calls >= Few : _isAlone && _lanes.Count < grid.Lanes && _last - now > Long))
            {
                _askMoreAt = now + AskAgain;
                await LeaseAsync(isBusy: true, cancellationToken);
            }

            now = time.GetUtcNow();
            if (_lanes.Count == 0)
            {
                // All callers in this instance wait for the same lanes: one request is enough.
                var free = FreeAt(now);
                _nothingBefore = free < now + SharedLimiter.LookAgain ? free : now + SharedLimiter.LookAgain;
                return (free, false);
            }

            if (Turn(now) is not { } turn)
            {
                // The queue is longer than the lease: the first caller after its end renews it.
                return (_until > now ? _until : now, false);
            }

            if (turn > deadline)
            {
                return (turn, false);
            }

            _last = turn;
            _calls++;
            return (turn, true);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_until <= time.GetUtcNow())
            {
                return;
            }

            await WriteAsync(row => row.Without(me), cancellationToken);
            (_lanes, _until) = ([], default);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Null: there is no slot within the lease.</summary>
    private DateTimeOffset? Turn(DateTimeOffset now)
    {
        // A single instance need not follow its lanes' times, only their rate.
        var earliest = _last + Spacing > now ? _last + Spacing : now;
        var turn = _isAlone ? earliest : grid.Next(_lanes, _last + grid.Spacing(grid.Lanes) / 2 > now ? _last + grid.Spacing(grid.Lanes) / 2 : now);
        return turn < _until ? turn : null;
    }

    private bool IsBusy(DateTimeOffset now) => _last > now - grid.Spacing(1);

    private async Task LeaseAsync(bool isBusy, CancellationToken cancellationToken)
    {
        // Half of the lanes are enough for occasional leads and leave the rest to other instances; their lease is longer.
        var wanted = isBusy ? grid.Lanes : Math.Max(1, grid.Lanes / 2);
        await WriteAsync(row => row.Lease(grid, me, wanted, isBusy, time.GetUtcNow()), cancellationToken);
        (_isQuiet, _calls) = (!isBusy, 0);
    }

    private async Task WriteAsync(Func<LaneRow, LaneRow> change, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            // If no other instance is active, the last written row is still valid: this saves a read, and a wrong guess costs one more request.
            _seen ??= await store.ReadAsync(name, cancellationToken);
            var next = change(_seen.Row);
            if (await store.WriteAsync(name, _seen, next, cancellationToken) is { } written)
            {
                var now = time.GetUtcNow();
                _row = next;
                _lanes = next.Owned(me, now);
                _until = next.Leases.Where(l => l.Owner == me).Select(l => l.Until).DefaultIfEmpty().Min();
                _isAlone = !next.HasOthers(me, now);
                // With other instances active, the row will have changed by the next time.
                _seen = _isAlone ? written : null;
                return;
            }

            _seen = null;
            await Task.Delay(ShortestRest + (LongestRest - ShortestRest) * jitter.Next(), time, cancellationToken);
        }

        // Many instances write at once: retry in a moment.
        (_lanes, _until) = ([], default);
    }

    private DateTimeOffset FreeAt(DateTimeOffset now)
    {
        var free = _row.NextFree(me, now);
        return free > now ? free.Value : now + TimeSpan.FromSeconds(1);
    }
}
