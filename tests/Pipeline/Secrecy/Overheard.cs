using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Tests.Pipeline.Secrecy;

/// <summary>Everything the app says to whoever operates it: log lines with their values, scopes and exceptions, spans, and metrics with their tags.</summary>
internal sealed class Overheard : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public Overheard()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => Note("span", [
                span.DisplayName, span.StatusDescription,
                .. span.TagObjects.Select(tag => tag.ToString()),
                .. span.Baggage.Select(item => item.ToString()),
                .. span.Events.SelectMany(line => line.Tags.Select(tag => tag.ToString()).Prepend(line.Name))]),
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Meters.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note("metric", [instrument.Name, .. tags.ToArray().Select(tag => tag.ToString())]));
        _metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note("metric", [instrument.Name, .. tags.ToArray().Select(tag => tag.ToString())]));
        _metrics.Start();
    }

    public IReadOnlyCollection<string> Said => _said;

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
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
