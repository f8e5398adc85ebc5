using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Dashboard;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>Whoever counts what needs an operator counts what the list shows: an order that is sent again by itself needs nobody.</summary>
public sealed class AttentionCountTests(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>No other test measures it.</summary>
    private const string Pipeline = "resends";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private PipelineServices _services = null!;

    public async ValueTask InitializeAsync()
    {
        _services = PipelineServices.Offline(
            azurite.NewAccount(), _time, [Pipeline],
            ("Alerts:Telegram:Token", "bot-token-for-tests"), ("Alerts:Telegram:Chat", "1"), ("Alerts:Telegram:BaseAddress", "http://127.0.0.1:9"));
        await PutAsync(1, Delivery("offerum", DeliveryState.UncertainResending));
        await PutAsync(2, Delivery("offerum", DeliveryState.UncertainResending), Delivery("http", DeliveryState.Uncertain));
        await PutAsync(3, Delivery("offerum", DeliveryState.UncertainResending), Delivery("http", DeliveryState.Failed));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task The_overview_counts_what_the_list_shows()
    {
        var listed = (await _services.Get<AttentionGroups>().OfAsync(Pipeline, None)).Sum(group => group.Count);

        var overview = Assert.IsType<JsonHttpResult<OverviewView>>(await _services.Get<Overview>().GetAsync(QueryCollection.Empty, None)).Value!;

        var view = Assert.Single(overview.Pipelines);
        Assert.Equal((2, 2), (listed, view.Attention));
        Assert.Equal((3, 1), (view.Open["Uncertain"], view.Open["Failed"]));
    }

    [Fact]
    public async Task The_daily_summary_leaves_out_what_is_sent_again_by_itself()
    {
        await _services.Get<AlertWatch>().RunAsync(None);
        _time.Now += TimeSpan.FromDays(1);

        await _services.Get<AlertWatch>().RunAsync(None);

        var waiting = (await _services.Get<AlertStore>().ReadAsync(None)).State.Pending;
        Assert.Contains("сейчас ждут оператора: 2", Assert.Single(waiting, alert => alert.Subject.StartsWith("📊", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metric_leaves_out_what_is_sent_again_by_itself()
    {
        var measured = new Dictionary<string, long>(StringComparer.Ordinal);
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "uonofferum.attention")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string, StringComparer.Ordinal);
            if (named["pipeline"] == Pipeline)
            {
                measured[named["state"]!] = value;
            }
        });
        meters.Start();

        await _services.Get<Backlog>().MeasureAsync(None);

        Assert.Equal((1, 1, 0), (measured["Uncertain"], measured["Failed"], measured["Held"]));
    }

    [Fact]
    public async Task More_uncertain_ones_than_are_read_all_count()
    {
        var open = _services.Get<OpenOperations>();

        Assert.Equal(1, await open.CountForOperatorAsync(Pipeline, OperationState.Uncertain, 3, None));
        Assert.Equal(2, await open.CountForOperatorAsync(Pipeline, OperationState.Uncertain, 2, None));
    }

    [Fact]
    public async Task An_uncertain_one_that_cannot_be_read_counts()
    {
        var table = _services.Get<JournalTable>();
        foreach (var row in await table.RangeAsync($"{Pipeline}|lead", "s|Uncertain|", "s|Uncertain|~", 100, null, None))
        {
            await table.UpsertAsync(new TableEntity(row) { ["Enrichment"] = "OfALaterVersion" }, None);
        }

        Assert.Equal(3, await _services.Get<OpenOperations>().CountForOperatorAsync(Pipeline, OperationState.Uncertain, 100, None));
    }

    private Task PutAsync(long id, params Delivery[] deliveries) => _services.JournalAsync(new OperationId(Pipeline, RecordKind.Lead, id), deliveries);

    private Delivery Delivery(string destination, DeliveryState state) => new()
    {
        Destination = destination,
        State = state,
        Attempt = 2,
        NextTryAt = state == DeliveryState.UncertainResending ? _time.Now.AddMinutes(1) : null,
        Error = new OperationError("uncertain", "Why.", destination),
    };
}
