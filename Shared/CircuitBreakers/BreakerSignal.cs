using System.Threading.Channels;

namespace UonOfferum.Shared.CircuitBreakers;

/// <param name="Pipeline">Whose circuit breakers changed.</param>
/// <param name="By">The operator who resumed it, for the stories; null: no operator did.</param>
public sealed record BreakerChange(string Pipeline, string? By = null);

/// <summary>
/// Tells this process that a circuit breaker opened or that its system works again, so that probes and releases do not wait for the timer.
/// A signal that is lost with the process only causes that wait.
/// </summary>
public sealed class BreakerSignal
{
    private readonly Channel<BreakerChange> _changes = Channel.CreateUnbounded<BreakerChange>(new UnboundedChannelOptions { SingleReader = true });

    public void Raise(string pipeline, string? by = null) => _changes.Writer.TryWrite(new BreakerChange(pipeline, by));

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _changes.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>The changes raised since the last call.</summary>
    public IReadOnlyCollection<BreakerChange> Take()
    {
        var taken = new HashSet<BreakerChange>();
        while (_changes.Reader.TryRead(out var change))
        {
            taken.Add(change);
        }

        return taken;
    }
}
