using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>What the app's code really emits: metrics and their tags, spans and theirs, log events and their fields.</summary>
internal sealed partial class Emitted
{
    // Other tests of this process emit too, on threads of their own, while this one listens.
    private readonly Lock _lock = new();

    private Emitted()
    {
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meters.MeterName)
            {
                lock (_lock)
                {
                    Metrics.TryAdd(instrument.Name, []);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        meters.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (_lock)
                {
                    Spans.Add(span.OperationName);
                    SpanTags.UnionWith(span.TagObjects.Select(t => t.Key));
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
        EmitAll();
    }

    public static Emitted All { get; } = new();

    public Dictionary<string, HashSet<string>> Metrics { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Spans { get; } = new(StringComparer.Ordinal);

    public HashSet<string> SpanTags { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields by event id, from the message templates.</summary>
    public IReadOnlyDictionary<int, HashSet<string>> Events { get; } = typeof(UonOfferumApp).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
        .OfType<LoggerMessageAttribute>()
        .ToDictionary(log => log.EventId, log => Placeholder().Matches(log.Message).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal));

    private static void EmitAll()
    {
        var now = DateTimeOffset.UnixEpoch;
        Meters.Webhook("accepted");
        Meters.Enrichment(OperationState.Enriched);
        Meters.Delivery(OfferumDestination.DestinationName, OperationState.Delivered, now, now);
        Meters.Queue(new QueueDepth(QueueNames.UonRecords, 0, null));
        Meters.Attention("main", OperationState.Failed, 0);
        Meters.BreakerOpened("uon", ErrorCodes.UonDenied);
        Meters.Failure(QueueNames.UonRecords, ErrorCodes.Crashed);

        using (Traces.Webhook("main"))
        {
            Traces.Answered("accepted", well: true);
        }

        var message = new StageMessage { Pipeline = "main", Kind = RecordKind.Lead, Id = 1, Run = "a run", Attempt = 1 };
        foreach (var stage in new[] { Stages.Enrich, OfferumDestination.DestinationName })
        {
            using var span = Traces.Stage(stage, message);
            Traces.Ended(OperationState.Delivered, ErrorCodes.Crashed, TimeSpan.Zero);
        }

        foreach (var name in new[] { Traces.UonCallPrefix, Traces.OfferumCall })
        {
            using var call = Traces.Call(name, new Uri("http://127.0.0.1"));
            Traces.Replied(call, HttpStatusCode.OK);
        }
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            foreach (var tag in tags)
            {
                Metrics[instrument.Name].Add(tag.Key);
            }
        }
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Placeholder();
}
