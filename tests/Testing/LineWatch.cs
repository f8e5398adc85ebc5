using Microsoft.Extensions.Logging;

namespace UonOfferum.Testing;

/// <summary>The lines that an app writes, and tests that wait for one of them.</summary>
internal sealed class LineWatch : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            foreach (var (_, seen) in _awaited.Where(a => line.Contains(a.Text, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }

    /// <summary>Completes when a line holding the text was or is added.</summary>
    /// <exception cref="TimeoutException">No such line came; the message holds the last ones.</exception>
    public async Task WaitAsync(string text, TimeSpan patience, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Exists(line => line.Contains(text, StringComparison.Ordinal)))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        try
        {
            await seen.Task.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The app did not write '{text}'. Its last lines:\n{string.Join('\n', Lines.TakeLast(30))}", exception);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
    }

    private sealed class Writer(LineWatch watch) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            watch.Add(formatter(state, exception));
    }
}
