using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators;

/// <summary>
/// An Offerum network on a loopback port: accepts orders, detects duplicates, and can give every known reply of the real one.
/// A wrong method, content type, key or flow is refused first; a programmed reply then replaces the usual one, that
/// of the subid before that of the phone before that of all orders.
/// </summary>
public sealed class OfferumSimulator : IAsyncDisposable
{
    public const string DefaultKey = "simulated-offerum-key";
    public const string DefaultFlow = "zkVz";

    private const long FirstOrderId = 1_489_733_001;

    private readonly SimulatorClock _clock;
    private readonly ConcurrentDictionary<string, ReplyScript<OfferumReplyKind>> _bySubId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReplyScript<OfferumReplyKind>> _byPhone = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Flow, string Phone), byte> _sold = new();
    private LoopbackServer? _server;
    private long _lastOrderId = FirstOrderId - 1;
    private long _accepted;

    private OfferumSimulator(OfferumSimulatorOptions options)
    {
        _clock = new SimulatorClock(options.TimeProvider);
        Keys = new KnownNames(options.Keys);
        Flows = new KnownNames(options.Flows);
        RequiredFields = new KnownNames(options.RequiredFields);
        FilterDuplicates = options.FilterDuplicates;
        Latency = options.Latency;
        Orders.Recording = options.RecordOrders;
    }

    public Uri BaseAddress => _server!.BaseAddress;

    public KnownNames Keys { get; }

    public KnownNames Flows { get; }

    public KnownNames RequiredFields { get; }

    /// <summary>Replies to all orders.</summary>
    public ReplyScript<OfferumReplyKind> Replies { get; } = new();

    /// <summary>Replies to all reads of the cabinet (balance, offers, flows).</summary>
    public ReplyScript<OfferumReplyKind> CabinetReplies { get; } = new();

    /// <summary>Every posted order, including refused ones.</summary>
    public CallLog<OfferumOrder> Orders { get; } = new();

    /// <summary>New orders in the network, without duplicates.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <inheritdoc cref="OfferumSimulatorOptions.FilterDuplicates"/>
    public bool FilterDuplicates { get; set; }

    /// <inheritdoc cref="OfferumSimulatorOptions.Latency"/>
    public TimeSpan Latency { get; set; }

    /// <summary>A random extra latency of up to this much for each call.</summary>
    public TimeSpan LatencySpread { get; set; }

    /// <summary>The value of Retry-After in replies that have it.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);

    public static async Task<OfferumSimulator> StartAsync(OfferumSimulatorOptions? options, CancellationToken cancellationToken)
    {
        options ??= new OfferumSimulatorOptions();
        var simulator = new OfferumSimulator(options);
        simulator._server = await LoopbackServer.StartAsync(options.Endpoint, simulator.AnswerAsync, cancellationToken);
        return simulator;
    }

    /// <summary>Replies to the orders with this subid.</summary>
    public ReplyScript<OfferumReplyKind> ForSubId(string subId) => _bySubId.GetOrAdd(subId, _ => new ReplyScript<OfferumReplyKind>());

    /// <summary>Replies to the orders with this phone, in whatever form it is written.</summary>
    public ReplyScript<OfferumReplyKind> ForPhone(string phone) =>
        _byPhone.GetOrAdd(OfferumPost.Digits(phone), _ => new ReplyScript<OfferumReplyKind>());

    /// <summary>Everything posted with this subid.</summary>
    public IReadOnlyList<OfferumOrder> Sent(string subId) =>
        Orders.All().Where(order => order.SubId == subId).ToList();

    /// <summary>How many new orders the network has of each subid: more than one means that a record was sold twice.</summary>
    public IReadOnlyDictionary<string, int> AcceptedBySubId() => Orders.All()
        .Where(order => order.Accepted)
        .GroupBy(order => order.SubId ?? "", StringComparer.Ordinal)
        .ToDictionary(orders => orders.Key, orders => orders.Count(), StringComparer.Ordinal);

    /// <summary>Completes when the network has this many new orders.</summary>
    public Task WaitForAcceptedAsync(int count, CancellationToken cancellationToken) =>
        Orders.WaitForAsync(count, order => order.Accepted, cancellationToken);

    /// <summary>Closes the port: from now on connections are refused. Orders and programmed replies stay.</summary>
    public Task GoDownAsync() => _server!.GoDownAsync();

    /// <summary>Listens again, at the same address.</summary>
    public Task ComeBackAsync(CancellationToken cancellationToken) => _server!.ComeBackAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var answer = context.Request.Path.Value switch
        {
            "/webmaster/order/" or "/webmaster/order" => await TakeAsync(new OfferumPost(context.Request), cancellationToken),
            var path => CabinetReplies.Take() is { } programmed
                ? OfferumReplies.Of(programmed, Facts(_clock.Now))
                : OfferumCabinet.Answer(path ?? "", context.Request, this),
        };
        await _clock.WaitAsync(Latency, LatencySpread, cancellationToken);
        await answer.WriteAsync(context, cancellationToken);
    }

    private async Task<Answer> TakeAsync(OfferumPost post, CancellationToken cancellationToken)
    {
        var now = _clock.Now;
        var reply = Refusal(post) ?? Programmed(post);
        if (reply is not { } early || !early.ComesBeforeReading())
        {
            await post.ReadBodyAsync(cancellationToken);
        }

        reply ??= ProgrammedForPhone(post);
        var missing = RequiredFields.FirstOrDefault(name => string.IsNullOrWhiteSpace(post.Form.GetValueOrDefault(name)));
        return Reply(post, reply ?? (missing is null ? OfferumReplyKind.Ok : OfferumReplyKind.ValidationError), Facts(now, missing));
    }

    private Answer Reply(OfferumPost post, OfferumReplyKind kind, OfferumReplyFacts facts)
    {
        var isNew = kind.TakesTheOrder() && (_sold.TryAdd((post.Flow, post.Phone), 0) || !FilterDuplicates);
        var hasNumber = kind.TakesTheOrder() || kind.IsOk();
        facts = facts with { IsDuplicate = !isNew, OrderId = hasNumber ? Interlocked.Increment(ref _lastOrderId) : 0 };
        if (isNew)
        {
            Interlocked.Increment(ref _accepted);
        }

        var answer = OfferumReplies.Of(kind, facts);
        Orders.Add(new OfferumOrder
        {
            At = facts.Now,
            Method = post.Method,
            Query = post.Query,
            ContentType = post.ContentType,
            Body = post.Body,
            Form = post.Form,
            Accepted = isNew,
            OrderId = hasNumber ? facts.OrderId : null,
            Reply = kind,
            Status = answer.SeenStatus,
            ReplyBody = Encoding.UTF8.GetString(answer.Body.Span),
        });
        return answer;
    }

    private OfferumReplyKind? Refusal(OfferumPost post) => post switch
    {
        { IsPost: false } => OfferumReplyKind.MethodNotAllowed,
        { IsForm: false } => OfferumReplyKind.UnsupportedMediaType,
        _ when !Keys.Contains(post.Key) => OfferumReplyKind.WrongKey,
        _ when !Flows.Contains(post.Flow) => OfferumReplyKind.WrongFlow,
        _ => null,
    };

    /// <summary>
    /// The programmed reply, if it can be chosen before the body is read. While phones have their own scripts, the script for all orders
    /// must wait for the body.
    /// </summary>
    private OfferumReplyKind? Programmed(OfferumPost post) =>
        (_bySubId.TryGetValue(post.SubId, out var script) ? script.Take() : null) ?? (_byPhone.IsEmpty ? Replies.Take() : null);

    private OfferumReplyKind? ProgrammedForPhone(OfferumPost post) => _byPhone.IsEmpty
        ? null
        : (_byPhone.TryGetValue(post.Phone, out var script) ? script.Take() : null) ?? Replies.Take();

    private OfferumReplyFacts Facts(DateTimeOffset now, string? missing = null) =>
        new(OrderId: 0, IsDuplicate: false, missing ?? "phone", RetryAfter, now);
}
