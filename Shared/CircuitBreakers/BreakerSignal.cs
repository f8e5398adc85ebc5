using System.Threading.Channels;

namespace UonOfferum.Shared.CircuitBreakers;

/// <param name="Pipeline">Whose circuit breakers changed.</param>
/// <param name="By">The operator who resumed it, for the stories; null: nobody did.</param>
public sealed record BreakerChange(string Pipeline, string? By = null);

/// <summary>
/// Tells this process that a circuit breaker opened or that its system works again, so that probes and releases need not wait for a timer.
/// A signal that is lost with the process costs that wait and nothing else.
/// </summary>
public sealed class BreakerSignal
{
    private readonly Channel<BreakerChange> _changes = Channel.CreateUnbounded<BreakerChange>(new UnboundedChannelOptions { SingleReader = true });

    public void Raise(string pipeline, string? by = null) => _changes.Writer.TryWrite(new BreakerChange(pipeline, by));

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _changes.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>What was raised since the last call.</summary>
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
