using System.Collections.Concurrent;

namespace UonOfferum.Shared.Gates;

/// <summary>
/// Until a destination has taken one order since the start or since its gate was closed, it gets one order at a time: with a wrong
/// key and five hundred leads waiting, only the first few find out.
/// </summary>
public sealed class Proving
{
    private readonly ConcurrentDictionary<(string Pipeline, string Destination), State> _states = new();

    /// <summary>A turn to send; null when waiting for it took longer than <paramref name="patience"/>.</summary>
    public async ValueTask<Turn?> EnterAsync(string pipeline, string destination, TimeSpan patience, CancellationToken cancellationToken)
    {
        var state = For(pipeline, destination);
        if (state.Proven)
        {
            return new Turn(state, alone: false);
        }

        if (!await state.Alone.WaitAsync(patience, cancellationToken))
        {
            return null;
        }

        if (!state.Proven)
        {
            return new Turn(state, alone: true);
        }

        state.Alone.Release();
        return new Turn(state, alone: false);
    }

    /// <summary>The gate was closed: the next order has to prove the destination again.</summary>
    public void Forget(string pipeline, string destination) => For(pipeline, destination).Proven = false;

    private State For(string pipeline, string destination) => _states.GetOrAdd((pipeline, destination), _ => new State());

    /// <summary>One order's turn; ends with its disposal.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly State _state;
        private bool _alone;

        internal Turn(State state, bool alone)
        {
            _state = state;
            _alone = alone;
        }

        /// <summary>The destination knows our key and flow.</summary>
        public void Prove() => _state.Proven = true;

        public void Dispose()
        {
            if (_alone)
            {
                _alone = false;
                _state.Alone.Release();
            }
        }
    }

    internal sealed class State
    {
        private volatile bool _proven;

        public SemaphoreSlim Alone { get; } = new(1, 1);

        public bool Proven
        {
            get => _proven;
            set => _proven = value;
        }
    }
}
