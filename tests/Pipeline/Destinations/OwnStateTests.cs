using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>A delivery's state is its own: what another delivery of its operation shows neither hides it nor touches it.</summary>
public sealed class OwnStateTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new();
    private readonly string _storage = azurite.NewAccount();
    private ManyDestinations _many = null!;
    private PipelineServices _services = null!;

    private IServiceProvider Provider => _services.Provider;

    private JournalStore Journal => Provider.GetRequiredService<JournalStore>();

    private OperatorService Operators => Provider.GetRequiredService<OperatorService>();

    public async ValueTask InitializeAsync()
    {
        _many = await ManyDestinations.StartAsync();
        _services = PipelineServices.Offline(_storage, _time, ["main"], [.. _many.HttpSettings, .. _many.TelegramSettings]);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _many.DisposeAsync();
    }

    [Theory]
    [InlineData(DeliveryState.Rejected)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Uncertain)]
    public async Task What_is_held_beside_something_worse_is_released(DeliveryState worse)
    {
        await PutAsync(1, Delivery("offerum", worse), Delivery("http", DeliveryState.Held));

        await Provider.GetRequiredService<HeldOperations>().ReleaseAsync(Provider.GetRequiredService<PipelineCatalog>().Get("main"), by: null, None);

        Assert.Equal([(DeliveryState.Enriched, "http"), (worse, "offerum")], await StatesAsync(1));
        Assert.Equal(1, await MessagesAsync("http-orders"));
    }

    [Theory]
    [InlineData(DeliveryState.Failed, EnrichmentState.Enriched)]
    [InlineData(DeliveryState.Delivered, EnrichmentState.Skipped)]
    [InlineData(DeliveryState.Delivered, EnrichmentState.Failed)]
    public async Task What_waits_beside_something_worse_is_swept(DeliveryState worse, EnrichmentState enrichment)
    {
        await PutAsync(1, enrichment, Delivery("offerum", worse), Delivery("http", DeliveryState.Waiting) with { NextTryAt = _time.Now });
        _time.Now += Sweeper.OverdueAfter + TimeSpan.FromMinutes(1);

        Assert.Equal(1, await Provider.GetRequiredService<Sweeper>().RunAsync(None));

        Assert.Equal(1, await MessagesAsync("http-orders"));
    }

    [Fact]
    public async Task Attention_and_the_list_show_each_delivery_by_its_own_state_and_cause()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Rejected, "offerum-rejected"), Delivery("http", DeliveryState.Uncertain, "uncertain"));
        var search = Provider.GetRequiredService<OperationSearch>();

        var groups = await Provider.GetRequiredService<AttentionGroups>().OfAsync("main", None);

        Assert.Equal(
            [("Rejected", "offerum-rejected", "offerum"), ("Uncertain", "uncertain", "http")],
            groups.Select(g => (g.State, g.Code, g.Destination)).Order());
        Assert.Single(await search.FindAsync(new OperationQuery { State = OperationState.Uncertain, Error = "uncertain" }, None));
        Assert.Single(await search.FindAsync(new OperationQuery { Error = "uncertain" }, None));
        Assert.Empty(await search.FindAsync(new OperationQuery { State = OperationState.Uncertain, Error = "offerum-rejected" }, None));
    }

    [Fact]
    public async Task Attention_leaves_out_what_is_sent_again_by_itself()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.UncertainResending, "uncertain") with { NextTryAt = _time.Now });
        await PutAsync(2, Delivery("offerum", DeliveryState.UncertainResending, "uncertain") with { NextTryAt = _time.Now }, Delivery("http", DeliveryState.Uncertain, "uncertain"));

        var group = Assert.Single(await Provider.GetRequiredService<AttentionGroups>().OfAsync("main", None));

        Assert.Equal(("Uncertain", "http", 1, true), (group.State, group.Destination, group.Count, group.MayHaveArrived));
    }

    [Fact]
    public async Task An_earlier_versions_row_is_read_and_the_next_write_cleans_it_up()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Rejected), Delivery("http", DeliveryState.Held));
        var table = Provider.GetRequiredService<JournalTable>();
        var held = Assert.Single(await table.RangeAsync("main|lead", "s|Held|", "s|Held|~", 10, null, None));
        await table.DeleteAsync("main|lead", held.RowKey, Azure.ETag.All, None);

        var result = await Operators.ActAsync(Id(1), new OperatorAction.Discard(null, null), ActionTarget.Shown, None);
        await Operators.ActAsync(Id(1), new OperatorAction.Discard(null, null), ActionTarget.To("http"), None);

        Assert.Equal(OperationState.Held, result.Operation?.State);
        var rows = await table.RangeAsync("main|lead", "s|", "s|~", 10, null, None);
        Assert.Equal(["Discarded"], rows.Select(r => r.RowKey.Split('|')[1]));
    }

    [Fact]
    public async Task A_resolution_does_not_cross_destinations()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Uncertain), Delivery("http", DeliveryState.Rejected), Delivery("telegram", DeliveryState.Held));

        var named = await Operators.ActAsync(Id(1), new OperatorAction.ResolveDelivered("5", null, null), ActionTarget.To("offerum"), None);

        Assert.Equal(
            [("offerum", DeliveryState.Delivered, "5"), ("http", DeliveryState.Rejected, null), ("telegram", DeliveryState.Held, null)],
            named.Operation!.Deliveries.Select(d => (d.Destination, d.State, d.OrderId)));
        Assert.Contains("Known: offerum, ", (await Operators.ActAsync(Id(1), new OperatorAction.Discard(null, null), ActionTarget.To("nobody"), None)).Unknown, StringComparison.Ordinal);
        Assert.NotNull((await Operators.ActAsync(Id(1), new OperatorAction.Discard(null, null), ActionTarget.To("offerum"), None)).Refusal);
    }

    [Fact]
    public async Task A_replay_in_bulk_leaves_alone_what_is_in_doubt_held_or_discarded()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Failed), Delivery("http", DeliveryState.Uncertain), Delivery("telegram", DeliveryState.Held));
        await PutAsync(2, Delivery("offerum", DeliveryState.Rejected), Delivery("http", DeliveryState.Discarded), Delivery("telegram", DeliveryState.Failed));
        _time.Now += TimeSpan.FromMinutes(1);
        await Provider.GetRequiredService<ReplayStore>().AddAsync(
            new Replay
            {
                Id = RunId.New(_time),
                Query = new ReplayQuery("main", null, null, null, null, null),
                From = "send",
                PerMinute = 60,
                StartedAt = _time.Now,
                State = ReplayState.Running,
                Total = 2,
            },
            None);

        await Provider.GetRequiredService<ReplayRunner>().RunAsync(None);

        Assert.Equal([(DeliveryState.Uncertain, "http"), (DeliveryState.Enriched, "offerum"), (DeliveryState.Held, "telegram")], await StatesAsync(1));
        Assert.Equal([(DeliveryState.Discarded, "http"), (DeliveryState.Enriched, "offerum"), (DeliveryState.Enriched, "telegram")], await StatesAsync(2));
    }

    [Theory]
    [InlineData(true, DeliveryState.Discarded)]
    [InlineData(false, DeliveryState.Delivered)]
    public async Task A_resolution_whose_write_got_no_reply_succeeds_and_is_written_once(bool discards, DeliveryState expected)
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Uncertain));
        using var lossy = new LosesFirstReply();
        using var http = new HttpClient(lossy);
        var tables = new TableServiceClient(_storage, new TableClientOptions { Transport = new HttpClientTransport(http) });
        var journal = new JournalStore(new JournalTable(tables), Provider.GetRequiredService<PhoneIndex>(), TimeProvider.System);
        var operators = ActivatorUtilities.CreateInstance<OperatorService>(
            Provider, journal, ActivatorUtilities.CreateInstance<OperationFinder>(Provider, journal));

        OperatorAction action = discards ? new OperatorAction.Discard("spam", "Olga") : new OperatorAction.ResolveDelivered("5", null, "Olga");
        var result = await operators.ActAsync(Id(1), action, ActionTarget.Shown, None);

        Assert.True(lossy.HasLost);
        Assert.Equal((null, expected), (result.Refusal, result.Operation?.Deliveries[0].State));
        Assert.Single(result.Operation!.Events, e => e.Name == EventNames.Resolved);
    }

    private static OperationId Id(long id) => new("main", RecordKind.Lead, id);

    private static Delivery Delivery(string destination, DeliveryState state, string? code = null) => new()
    {
        Destination = destination,
        State = state,
        Attempt = 2,
        Error = code is null ? null : new OperationError(code, "Why.", destination),
    };

    private Task PutAsync(long id, params Delivery[] deliveries) => PutAsync(id, EnrichmentState.Enriched, deliveries);

    private async Task PutAsync(long id, EnrichmentState enrichment, params Delivery[] deliveries) => Assert.NotNull(await Journal.InsertAsync(
        new Operation
        {
            Id = Id(id),
            Run = RunId.New(_time),
            Attempt = 2,
            Enrichment = enrichment,
            ReceivedAt = _time.Now,
            UpdatedAt = _time.Now,
            Fields = RecordFields.Empty.With([KeyValuePair.Create("phone", "+79000000001")]),
            Deliveries = [.. deliveries],
        },
        None));

    private async Task<IEnumerable<(DeliveryState State, string Destination)>> StatesAsync(long id) =>
        (await Journal.ReadAsync(Id(id), None))!.Operation.Deliveries.Select(d => (d.State, d.Destination)).OrderBy(d => d.Destination, StringComparer.Ordinal);

    private async Task<int> MessagesAsync(string queue) =>
        (await Provider.GetRequiredService<StageQueues>().DepthAsync(queue, None)).Messages;

    /// <summary>The first batch is done, and its answer lost: the storage client repeats it and finds its own row.</summary>
    private sealed class LosesFirstReply() : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool HasLost { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (HasLost || !request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal))
            {
                return response;
            }

            HasLost = true;
            response.Dispose();
            throw new HttpRequestException("The connection was reset.");
        }
    }

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
