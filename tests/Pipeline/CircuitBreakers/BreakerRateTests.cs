using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.CircuitBreakers;

/// <summary>What opens a circuit breaker, and by whom it is probed, on real storage and a clock of its own.</summary>
public sealed class BreakerRateTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Http = "http";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DeliveryReply Taken = new(DeliveryOutcome.Delivered);
    private static readonly DeliveryReply Down = new(DeliveryOutcome.Transient) { Status = 503, MayHaveArrived = true, Detail = "HTTP 503" };

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private PipelineServices _services = null!;

    private UonOfferum.Shared.Configuration.Pipeline Main => Get<PipelineCatalog>().Get("main");

    public ValueTask InitializeAsync()
    {
        _services = PipelineServices.Offline(
            azurite.NewAccount(),
            _time,
            ["main"],
            ("Pipelines:main:Offerum:ApiKey", null), ("Pipelines:main:Offerum:Flow", null), ("Pipelines:main:Offerum:BaseAddress", null),
            // It has no harmless request: one record is its probe.
            ("Pipelines:main:Http:Url", "http://127.0.0.1:9/"), ("Pipelines:main:Http:Json:phone", "{phone}"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Five_failing_leads_among_others_that_are_taken_hold_nobody()
    {
        for (var id = 1; id <= 5; id++)
        {
            await ReplyAsync(id, Down);
        }

        for (var id = 6; id <= 15; id++)
        {
            await ReplyAsync(id, Taken);
        }

        Assert.Null(await OpenAsync());
    }

    [Fact]
    public async Task Throttling_slows_down_and_never_opens()
    {
        for (var id = 1; id <= 50; id++)
        {
            await ReplyAsync(id, new DeliveryReply(DeliveryOutcome.Transient) { Status = 429 });
        }

        Assert.Null(await OpenAsync());
        Assert.NotNull(Get<SlowDown>().Until("main", Http));
    }

    [Fact]
    public async Task An_outage_opens_it_and_a_good_probe_after_five_seconds_closes_it()
    {
        await BreakAsync();
        Assert.Equal(_time.Now.AddSeconds(5), (await OpenAsync())!.ProbeAt);
        await HoldAsync(1);
        await HoldAsync(2);
        await HoldAsync(3);
        _time.Now = _time.Now.AddSeconds(5);

        await Get<BreakerRecovery>().RunAsync(Main, null, None);
        var probe = (await StateAsync()).ProbeOperation!;
        await ReplyAsync(long.Parse(probe.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture), Taken);
        Assert.Contains(new BreakerChange("main"), Get<BreakerSignal>().Take());
        await Get<BreakerRecovery>().RunAsync(Main, null, None);

        Assert.Equal((false, false), ((await StateAsync()).IsOpen, (await StateAsync()).IsHalfOpen));
        Assert.All(await Task.WhenAll(Enumerable.Range(1, 3).Select(id => DeliveryAsync(id))), state => Assert.Equal(DeliveryState.Enriched, state));
    }

    [Fact]
    public async Task A_failed_probe_opens_it_for_longer_and_another_lead_probes_next()
    {
        await BreakAsync();
        for (var id = 1; id <= 3; id++)
        {
            await HoldAsync(id);
        }

        var probes = new List<string>();
        foreach (var wait in new[] { 5, 10, 20 })
        {
            Assert.Equal(_time.Now.AddSeconds(wait), (await OpenAsync())!.ProbeAt);
            _time.Now = _time.Now.AddSeconds(wait);
            await Get<BreakerRecovery>().RunAsync(Main, null, None);
            var probe = (await StateAsync()).ProbeOperation!;
            probes.Add(probe);
            var id = long.Parse(probe.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);
            await ReplyAsync(id, Down);
            // Its own retry finds the breaker open.
            await HoldAsync(id);
        }

        Assert.All(probes.Zip(probes.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task The_only_one_that_waits_is_the_probe_although_it_failed_last()
    {
        await BreakAsync();
        await HoldAsync(FailureWindow.MinimumThroughput);
        _time.Now = _time.Now.AddSeconds(5);

        await Get<BreakerRecovery>().RunAsync(Main, null, None);

        Assert.Equal($"main/lead/{FailureWindow.MinimumThroughput}", (await StateAsync()).ProbeOperation);
    }

    private T Get<T>() where T : notnull => _services.Get<T>();

    private static OperationId Id(long id) => new("main", RecordKind.Lead, id);

    private async Task BreakAsync()
    {
        for (var id = 1; id <= FailureWindow.MinimumThroughput; id++)
        {
            await ReplyAsync(id, Down);
        }
    }

    /// <summary>As the delivery stage does: it has looked at the breakers before it sends.</summary>
    private async Task ReplyAsync(long id, DeliveryReply reply)
    {
        await Get<CircuitBreakerPolicy>().FindOpenAsync(Main, Http, None);
        await Get<CircuitBreakerPolicy>().RecordReplyAsync(Main, Http, Id(id), reply, None);
    }

    private async Task<CircuitBreakerState?> OpenAsync() => await Get<CircuitBreakerPolicy>().FindOpenAsync(Main, Http, None);

    private async Task<CircuitBreakerState> StateAsync() => Assert.Single(await Get<CircuitBreakerStore>().ReadAsync("main", None));

    private async Task<DeliveryState> DeliveryAsync(long id) => (await Get<JournalStore>().ReadAsync(Id(id), None))!.Operation.Deliveries[0].State;

    private async Task HoldAsync(long id)
    {
        var delivery = new Delivery { Destination = Http, State = DeliveryState.Held, Attempt = 2, Error = new OperationError("http-unavailable", "Down.", Http) };
        if (await Get<JournalStore>().ReadAsync(Id(id), None) is { } entry)
        {
            Assert.NotNull(await Get<JournalStore>().UpdateAsync(entry, entry.Operation.With(entry.Operation.Deliveries[0] with { State = DeliveryState.Held }), null, None));
            return;
        }

        await _services.JournalAsync(Id(id), delivery);
    }
}
