using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators;

/// <summary>
/// A U-ON.Travel API on a loopback port: records, lists, the limit per key, and every known fault of the real one.
/// Refusals come first (route, key, limit); a programmed fault then replaces the response: one of the record before one
/// of the route before one of the whole API.
/// </summary>
public sealed class UonSimulator : IAsyncDisposable
{
    public const string DefaultApiKey = "simulated-uon-key";

    private readonly SimulatorClock _clock;
    private readonly ConcurrentDictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);
    private readonly Dictionary<UonRoute, ReplyScript<UonFault>> _routeFaults =
        Enum.GetValues<UonRoute>().ToDictionary(route => route, _ => new ReplyScript<UonFault>());

    private readonly ConcurrentDictionary<long, ReplyScript<UonFault>> _writeFaults = new();
    private readonly UonWrites _writes;
    private LoopbackServer? _server;

    private UonSimulator(UonSimulatorOptions options)
    {
        _clock = new SimulatorClock(options.TimeProvider);
        ApiKeys = new KnownNames(options.ApiKeys);
        RequestsPerSecond = options.RequestsPerSecond;
        Latency = options.Latency;
        Calls.Recording = options.RecordCalls;
        Leads = new UonRecords(UonRecordKind.Lead, _clock);
        Requests = new UonRecords(UonRecordKind.Request, _clock);
        Users = new UonRecords(UonRecordKind.User, _clock);
        ReadOnlyKeys = new KnownNames(options.ReadOnlyKeys);
        _writes = new UonWrites(this, _clock);
    }

    public Uri BaseAddress => _server!.BaseAddress;

    public KnownNames ApiKeys { get; }

    /// <summary>Read-only keys: a write is answered with 403.</summary>
    public KnownNames ReadOnlyKeys { get; }

    /// <summary>The cabinet's webhooks.</summary>
    public UonHooks Hooks { get; } = new();

    /// <summary>Numbers of the cabinet's custom fields. Any other number is accepted with a 200 and changes nothing.</summary>
    public ISet<long> ExtendedFields { get; } = new HashSet<long> { 12, 13 };

    public UonRecords Leads { get; }

    public UonRecords Requests { get; }

    public UonRecords Users { get; }

    /// <summary>Faults of the whole API.</summary>
    public ReplyScript<UonFault> Faults { get; } = new();

    public CallLog<UonCall> Calls { get; } = new();

    /// <inheritdoc cref="UonSimulatorOptions.RequestsPerSecond"/>
    public int? RequestsPerSecond { get; set; }

    /// <inheritdoc cref="UonSimulatorOptions.Latency"/>
    public TimeSpan Latency { get; set; }

    /// <summary>A random extra latency of up to this much for each call.</summary>
    public TimeSpan LatencySpread { get; set; }

    /// <summary>HTTP status under <c>result</c> 404, for a missing record: 404 or 200, as both occur in production.</summary>
    public int MissingStatus { get; set; } = 404;

    /// <summary>HTTP status of the response to an unknown key: 401 or 403.</summary>
    public int UnknownKeyStatus { get; set; } = 401;

    /// <summary>The response to a page past the end of a list: true: an empty list; false: the same as for a missing record.</summary>
    public bool EmptyPageIsList { get; set; }

    /// <summary>The value of Retry-After in faults that have it.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);

    public static async Task<UonSimulator> StartAsync(UonSimulatorOptions? options, CancellationToken cancellationToken)
    {
        options ??= new UonSimulatorOptions();
        var simulator = new UonSimulator(options);
        simulator._server = await LoopbackServer.StartAsync(options.Endpoint, simulator.AnswerAsync, cancellationToken);
        return simulator;
    }

    /// <summary>Faults of one route, such as the lists that reconciliation reads.</summary>
    public ReplyScript<UonFault> FaultsAt(UonRoute route) => _routeFaults[route];

    /// <summary>Faults of the writes of this one record, for a lead or a request.</summary>
    public ReplyScript<UonFault> WriteFaults(long id) => _writeFaults.GetOrAdd(id, _ => new ReplyScript<UonFault>());

    /// <summary>How often this one record was requested, including refused and failed calls.</summary>
    public int CallsTo(UonRoute route, long id) => Calls.All().Count(call => call.Route == route && call.Id == id);

    /// <summary>The most calls that arrived within any one second, refused ones included.</summary>
    public int MaxCallsInAnySecond() => MaxCallsIn(RateWindow.Length);

    /// <summary>The most calls that arrived within any period of this length, refused ones included.</summary>
    public int MaxCallsIn(TimeSpan length) => RateWindow.Busiest(Calls.All().Select(call => call.At), length);

    /// <summary>Closes the port: from now on connections are refused. Records and programmed faults stay.</summary>
    public Task GoDownAsync() => _server!.GoDownAsync();

    /// <summary>Listens again, at the same address.</summary>
    public Task ComeBackAsync(CancellationToken cancellationToken) => _server!.ComeBackAsync(cancellationToken);

    /// <summary>Simulates a user who enters the record in the cabinet: adds it and fires its hooks.</summary>
    public Task EnterAsync(UonRecord record)
    {
        RecordsOf(record.Kind == UonRecordKind.Lead ? UonRoute.Lead : UonRoute.Request).Put(record);
        return Hooks.FireAsync(record.Kind == UonRecordKind.Lead ? UonWebhook.LeadCreated : UonWebhook.RequestCreated, record.Id, _clock.Now);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        Hooks.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var now = _clock.Now;
        var path = UonPath.Parse(context.Request.Path.Value ?? "");
        var form = HttpMethods.IsPost(context.Request.Method) ? await UonForm.ReadAsync(context.Request, cancellationToken) : UonForm.Empty;
        var (answer, fault) = Decide(context.Request.Method, path, form, now);
        long? id = IsRecord(path.Route) || path.Route == UonRoute.RequestUpdate ? path.Id : null;
        Calls.Add(new UonCall(now, path.Key, path.Route, id, BehindKey(context.Request.Path, path.Key), answer.SeenStatus, fault) { Form = form });
        await _clock.WaitAsync(Latency, LatencySpread, cancellationToken);
        await answer.WriteAsync(context, cancellationToken);
    }

    private (Answer Answer, UonFault? Fault) Decide(string method, UonPath path, IReadOnlyDictionary<string, string> form, DateTimeOffset now)
    {
        if (path.Route == UonRoute.Unknown || !(path.IsWrite ? HttpMethods.IsPost(method) : HttpMethods.IsGet(method)))
        {
            return (UonAnswers.NoRoute, null);
        }

        if (!ApiKeys.Contains(path.Key))
        {
            return (UonAnswers.Denied(UnknownKeyStatus), null);
        }

        if (path.IsWrite && ReadOnlyKeys.Contains(path.Key))
        {
            return (UonAnswers.ReadOnly, null);
        }

        if (RequestsPerSecond is { } limit && !_windows.GetOrAdd(path.Key, _ => new RateWindow()).TryEnter(now, limit))
        {
            return (UonAnswers.TooManyRequests, null);
        }

        if (path.WrongParameter is { } wrong)
        {
            return (UonAnswers.WrongParameter(wrong), null);
        }

        var ofRecord = IsRecord(path.Route) ? RecordsOf(path.Route).FaultOf(path.Id)
            : path.Route == UonRoute.RequestUpdate && _writeFaults.TryGetValue(path.Id, out var ofWrites) ? ofWrites.Take()
            : null;
        var fault = ofRecord ?? _routeFaults[path.Route].Take() ?? Faults.Take();
        return fault is { } programmed
            ? (UonAnswers.Of(programmed, () => Sound(path, form, now), Envelope(path.Route), RetryAfter), programmed)
            : (Sound(path, form, now), null);
    }

    private Answer Sound(UonPath path, IReadOnlyDictionary<string, string> form, DateTimeOffset now)
    {
        if (_writes.Answer(path, form) is { } answer)
        {
            return answer;
        }

        var records = RecordsOf(path.Route);
        var body = IsRecord(path.Route)
            ? records.Read(path.Id, now)
            : records.Page(path.List, path.Route is UonRoute.LeadsUpdated or UonRoute.RequestsUpdated, EmptyPageIsList, now);
        return body is { } found ? new Answer(200, found) : UonAnswers.Missing(Envelope(path.Route), MissingStatus);
    }

    private UonRecords RecordsOf(UonRoute route) => route switch
    {
        UonRoute.Lead or UonRoute.Leads or UonRoute.LeadsUpdated => Leads,
        UonRoute.Request or UonRoute.Requests or UonRoute.RequestsUpdated => Requests,
        UonRoute.User => Users,
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No records there."),
    };

    private string Envelope(UonRoute route) => UonWrites.Envelope(route) ?? (IsRecord(route) ? RecordsOf(route).Envelope : RecordsOf(route).ListEnvelope);

    private static bool IsRecord(UonRoute route) => route is UonRoute.Lead or UonRoute.Request or UonRoute.User;

    private static string BehindKey(PathString path, string key) =>
        path.Value is { } text && text.Length > key.Length + 2 ? text[(key.Length + 2)..] : "";
}
