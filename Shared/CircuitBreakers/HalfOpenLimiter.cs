using System.Collections.Concurrent;

namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>
/// Until a destination has accepted one order since startup or since its circuit breaker opened, it gets one order at a time: with a
/// wrong key and five hundred leads waiting, only the first few fail.
/// </summary>
public sealed class HalfOpenLimiter(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Pipeline, string Destination), State> _states = new();

    /// <summary>A permit to send; null when none was free within <paramref name="maxWait"/>.</summary>
    public async ValueTask<Permit?> AcquireAsync(string pipeline, string destination, TimeSpan maxWait, CancellationToken cancellationToken)
    {
        var state = For(pipeline, destination);
        if (state.Healthy)
        {
            return new Permit(state, exclusive: false);
        }

        if (!await state.Exclusive.AcquireAsync(maxWait, cancellationToken))
        {
            return null;
        }

        if (!state.Healthy)
        {
            return new Permit(state, exclusive: true);
        }

        state.Exclusive.Release();
        return new Permit(state, exclusive: false);
    }

    /// <summary>The circuit breaker opened: orders go one at a time again until one succeeds.</summary>
    public void Reset(string pipeline, string destination) => For(pipeline, destination).Healthy = false;

    private State For(string pipeline, string destination) => _states.GetOrAdd((pipeline, destination), _ => new State(time));

    /// <summary>The right to send one order; disposal releases it.</summary>
    public sealed class Permit : IDisposable
    {
        private readonly State _state;
        private bool _exclusive;

        internal Permit(State state, bool exclusive)
        {
            _state = state;
            _exclusive = exclusive;
        }

        /// <summary>The destination accepted an order, so the key and flow are valid.</summary>
        public void MarkHealthy() => _state.Healthy = true;

        public void Dispose()
        {
            if (_exclusive)
            {
                _exclusive = false;
                _state.Exclusive.Release();
            }
        }
    }

    internal sealed class State(TimeProvider time)
    {
        private volatile bool _healthy;

        public AsyncLock Exclusive { get; } = new(time);

        public bool Healthy
        {
            get => _healthy;
            set => _healthy = value;
        }
    }
}
