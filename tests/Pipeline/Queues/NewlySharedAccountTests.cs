using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>
/// Two instances on one storage. Both know the pipeline "first"; "second" sends the records of the same cabinet to the same account, and only the
/// instance that publishes it knows it.
/// </summary>
public sealed class NewlySharedAccountTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Name = "second";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId First = new("first", RecordKind.Lead, 1);
    private static readonly OperationId Second = new(Name, RecordKind.Lead, 1);

    /// <summary>What every instance is promised to need, the reserve, and the timeout of the destination.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(50);

    /// <summary>A publication's age is measured in the storage's whole seconds, and never too high.</summary>
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(2);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly string _storage = azurite.NewAccount();
    private PipelineServices _publisher = null!;
    private PipelineServices _unaware = null!;

    public async ValueTask InitializeAsync()
    {
        _publisher = Instance(_time);
        _unaware = Instance(_time);
        foreach (var running in new[] { _publisher, _unaware })
        {
            await running.Get<PipelineRegistry>().RecordAsync(new HashSet<string>(["first"], StringComparer.Ordinal), None, isComplete: true);
        }

        Assert.True(await _publisher.Get<PipelineMaker>().MakeAsync(Name, "Second", Settings("zkVz"), [], by: null, None));
    }

    [Fact]
    public async Task A_new_pipeline_does_not_send_what_an_unaware_instance_sends()
    {
        await PublishAsync();
        var entry = await _publisher.JournalAsync(Second, Enriched());
        await AssertWaitsAsync(_publisher, entry);

        var sold = await SendAsync(_unaware, await _unaware.JournalAsync(First, Enriched()));
        Assert.Equal(1, sold.Deliveries[0].Sends);
        _time.Now += Reach + Blur;
        var after = (await SendAsync(_publisher, entry)).Deliveries[0];

        Assert.Equal((DeliveryState.Skipped, ErrorCodes.SameRecord, 0), (after.State, after.Error?.Code, after.Sends));
    }

    [Fact]
    public async Task A_wait_lasts_until_every_instance_knows_the_pipeline_and_is_no_try()
    {
        await PublishAsync();
        var entry = await _publisher.JournalAsync(Second, Enriched());

        await AssertWaitsAsync(_publisher, entry);
        // The storage's clock adds what a busy machine takes until here.
        _time.Now += TimeSpan.FromSeconds(30);
        await AssertWaitsAsync(_publisher, entry);
        _time.Now += Reach + Blur - TimeSpan.FromSeconds(30);
        var after = (await SendAsync(_publisher, entry)).Deliveries[0];

        Assert.Equal((DeliveryState.Waiting, 1, 1), (after.State, after.Sends, after.Tries));
    }

    [Theory]
    [InlineData("another-flow", "skip")]
    [InlineData("zkVz", "send")]
    public async Task A_pipeline_whose_records_are_not_compared_does_not_wait(string flow, string sameRecord)
    {
        await SaveAsync(flow, sameRecord);
        await PublishAsync();

        Assert.Equal(1, (await SendAsync(_publisher, await _publisher.JournalAsync(Second, Enriched()))).Deliveries[0].Sends);
    }

    [Fact]
    public async Task The_pipeline_that_was_there_before_waits_too()
    {
        await PublishAsync();
        var entry = await _publisher.JournalAsync(First, Enriched());

        await AssertWaitsAsync(_publisher, entry);
        _time.Now += Reach + Blur;
        Assert.Equal(1, (await SendAsync(_publisher, entry)).Deliveries[0].Sends);
    }

    [Fact]
    public async Task The_longest_timeout_of_the_pipelines_counts()
    {
        await SaveAsync("zkVz", timeout: "00:01:00");
        await PublishAsync();
        var entry = await _publisher.JournalAsync(First, Enriched());

        _time.Now += Reach;
        await AssertWaitsAsync(_publisher, entry);
        _time.Now += TimeSpan.FromSeconds(30) + Blur;
        Assert.Equal(1, (await SendAsync(_publisher, entry)).Deliveries[0].Sends);
    }

    [Fact]
    public async Task A_change_or_restore_that_shares_an_account_waits()
    {
        await SaveAsync("another-flow");
        await PublishAsync();
        _time.Now += TimeSpan.FromHours(1);
        await SaveAsync("zkVz");
        await PublishAsync();
        var entry = await _publisher.JournalAsync(Second, Enriched());
        await AssertWaitsAsync(_publisher, entry);

        _time.Now += TimeSpan.FromHours(1);
        await SaveAsync("another-flow");
        await PublishAsync();
        _time.Now += TimeSpan.FromHours(1);
        AssertDone(await _publisher.Get<PublishEndpoint>().RestoreAsync(Request(), Name, "2", None));

        Assert.Equal(4, _publisher.Get<PipelineCatalog>().Get(Name).Revision);
        await AssertWaitsAsync(_publisher, entry);
        _time.Now += Reach + Blur;
        Assert.Equal(1, (await SendAsync(_publisher, entry)).Deliveries[0].Sends);
    }

    [Fact]
    public async Task A_restarted_pipeline_does_not_wait_as_its_instances_know_it()
    {
        await PublishAsync();
        var lifecycle = _publisher.Get<LifecycleEndpoint>();
        AssertDone(await lifecycle.StopAsync(Request(), Name, None));
        _time.Now += Reach + Blur;
        AssertDone(await lifecycle.StartAsync(Request(), Name, None));

        Assert.Equal(1, (await SendAsync(_publisher, await _publisher.JournalAsync(Second, Enriched()))).Deliveries[0].Sends);
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(600)]
    public async Task The_wait_is_as_long_on_an_instance_whose_clock_is_wrong(int seconds)
    {
        await PublishAsync();
        var wrong = new ManualTime(_time.Now.AddSeconds(seconds));
        await using var other = Instance(wrong);
        await other.Get<PipelineRefresh>().RunAsync(None);
        var entry = await other.JournalAsync(Second, Enriched());

        await AssertWaitsAsync(other, entry);
        wrong.Now += Reach + Blur;
        Assert.Equal(1, (await SendAsync(other, entry)).Deliveries[0].Sends);
    }

    [Fact]
    public async Task A_restart_does_not_begin_the_wait_again()
    {
        await PublishAsync();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, None);

        await using var restarted = Instance(_time);
        await restarted.Get<PipelineRefresh>().RunAsync(None);

        // The storage's clock measured the seconds before the restart, for this one stood still.
        _time.Now += Reach - Blur;
        Assert.Equal(1, (await SendAsync(restarted, await restarted.JournalAsync(Second, Enriched()))).Deliveries[0].Sends);
    }

    [Fact]
    public async Task An_instance_without_pipelines_looks_for_the_orders_of_unknown_ones()
    {
        await PublishAsync();
        _time.Now += Reach + Blur;
        Assert.Equal(1, (await SendAsync(_publisher, await _publisher.JournalAsync(Second, Enriched()))).Deliveries[0].Sends);

        await using var started = Instance(_time);
        started.Get<PipelineCatalog>().AwaitStore();
        var after = (await SendAsync(started, await started.JournalAsync(First, Enriched()))).Deliveries[0];

        Assert.Equal((DeliveryState.Skipped, ErrorCodes.SameRecord, 0), (after.State, after.Error?.Code, after.Sends));
    }

    private async Task SaveAsync(string flow, string sameRecord = "skip", string timeout = "00:00:30")
    {
        var store = _publisher.Get<RevisionStore>();
        var draft = (await store.ReadDraftAsync(Name, None))!;
        Assert.True(await store.SaveDraftAsync(draft with { Settings = PipelineSettings.Write(Settings(flow, sameRecord, secrets: false, timeout)) }, "*", None));
    }

    private async Task PublishAsync() => AssertDone(await _publisher.Get<PublishEndpoint>().PublishAsync(Request(), Name, None));

    private HttpRequest Request() => new DefaultHttpContext { RequestServices = _publisher.Provider }.Request;

    private static void AssertDone(IResult answer) =>
        Assert.Equal(StatusCodes.Status200OK, ((IStatusCodeHttpResult)answer).StatusCode ?? StatusCodes.Status200OK);

    /// <summary>Nothing changed but the queue, which has the message for later.</summary>
    private static async Task AssertWaitsAsync(PipelineServices services, JournalEntry entry)
    {
        var queues = services.Get<StageQueues>();
        var messages = (await queues.DepthAsync("offerum-orders", None)).Messages;
        Assert.Equal(entry.Operation.Deliveries[0], (await SendAsync(services, entry)).Deliveries[0]);
        Assert.Equal(messages + 1, (await queues.DepthAsync("offerum-orders", None)).Messages);
    }

    private static async Task<Operation> SendAsync(PipelineServices services, JournalEntry entry)
    {
        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Outbox.Message(entry.Operation, 2), None);
        return (await services.Get<JournalStore>().ReadAsync(entry.Operation.Id, None))!.Operation;
    }

    private PipelineServices Instance(TimeProvider time) => PipelineServices.Offline(_storage, time, ["first"]);

    private static Delivery Enriched() => new() { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 };

    /// <summary>The cabinet and the server of <see cref="PipelineServices.Offline"/>, where nothing answers.</summary>
    private static JsonObject Settings(string flow, string sameRecord = "skip", bool secrets = true, string timeout = "00:00:30")
    {
        var settings = new JsonObject
        {
            ["Uon"] = new JsonObject { ["BaseAddress"] = "http://127.0.0.1:9/" },
            ["Offerum"] = new JsonObject { ["BaseAddress"] = "http://127.0.0.1:9/", ["Flow"] = flow, ["SameRecord"] = sameRecord, ["Timeout"] = timeout },
        };
        if (secrets)
        {
            settings["Uon"]!["ApiKey"] = "key";
            settings["Offerum"]!["ApiKey"] = "key";
        }

        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _unaware.DisposeAsync();
    }
}
