using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Tests.Pipeline.Secrecy;

/// <summary>Everything in the log stream: the app's lines as they reach the host, and the host's own, with values, scopes and exceptions.</summary>
internal sealed class Overheard : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _said = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<string> Said => _said;

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private void Note(string kind, IEnumerable<string?> words) => _said.Enqueue($"{kind}: {string.Join(" | ", words)}");

    private sealed class Ear(Overheard owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var words = new List<string?> { category, formatter(state, exception), exception?.ToString() };
            Add(words, state);
            owner._scopes.ForEachScope(static (scope, words) => Add(words, scope), words);
            owner.Note("log", words);
        }

        private static void Add(List<string?> words, object? state)
        {
            words.Add(Convert.ToString(state, CultureInfo.InvariantCulture));
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                words.AddRange(values.Select(value => value.ToString()));
            }
        }
    }
}
