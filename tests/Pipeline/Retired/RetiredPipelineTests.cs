using UonOfferum.OfferumSenderFunction;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Pipeline.Retired;

/// <summary>A pipeline or a destination that is gone from the settings: its work waits, is seen, can be discarded, and goes on when the name is back.</summary>
public sealed class RetiredPipelineTests(AzuriteFixture azurite)
{
    private const string Old = "old";

    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>It has the destination Http instead of Offerum.</summary>
    private static readonly (string Key, string? Value)[] HttpOnly =
    [
        ($"Pipelines:{Old}:Offerum:ApiKey", null), ($"Pipelines:{Old}:Offerum:Flow", null), ($"Pipelines:{Old}:Offerum:BaseAddress", null),
        ($"Pipelines:{Old}:Http:Url", "http://127.0.0.1:9/"), ($"Pipelines:{Old}:Http:Json:phone", "{phone}"),
    ];

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly string _storage = azurite.NewAccount();

    [Fact]
    public async Task Queued_work_is_not_given_up_and_goes_on_when_the_name_is_back()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Enriched));
        await using (var without = await ServicesAsync("main"))
        {
            await SendAsync(without, 1, attempt: 2);
            await without.Get<RecordEnricher>().RunAsync(Message(2, 1) with { Webhook = new WebhookMetadata { ReceivedAt = _time.Now } }, redelivered: false);
            await without.Get<BreakerRecovery>().RunAsync(None);
            await without.Get<Sweeper>().RunAsync(None);

            Assert.Equal((OperationState.Held, "retired"), await StateAsync(without, 1));
            Assert.Equal((OperationState.Held, "retired"), await StateAsync(without, 2));
            Assert.Equal(0, await MessagesAsync(without, "offerum-orders-poison"));
        }

        await using var with = await ServicesAsync("main", Old);
        await with.Get<BreakerRecovery>().RunAsync(None);

        Assert.Equal((OperationState.Enriched, null), await StateAsync(with, 1));
        Assert.Equal((OperationState.Waiting, null), await StateAsync(with, 2));
        Assert.Equal((1, 1), (await MessagesAsync(with, "offerum-orders"), await MessagesAsync(with, "uon-records")));
    }

    [Theory]
    [InlineData(1, OperationState.Sending, 0)]
    [InlineData(0, OperationState.Uncertain, 1)]
    public async Task An_order_in_flight_is_uncertain_as_soon_as_nobody_can_be_sending_it(int hours, OperationState state, int poisoned)
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Sending) with { Sends = 1 });
        await using var without = await ServicesAsync("main");
        var (journal, id) = (without.Get<JournalStore>(), new OperationId(Old, RecordKind.Lead, 1));
        var entry = (await journal.ReadAsync(id, None))!;
        var claim = new Claim { Destination = "offerum", Owner = "0123456789abcdef", LeaseUntil = _time.Now.AddHours(hours), Sends = 1 };
        Assert.NotNull(await journal.UpdateAsync(entry, entry.Operation, claim, None));

        await SendAsync(without, 1, attempt: 2);

        Assert.Equal(state, (await StateAsync(without, 1)).State);
        Assert.Equal(poisoned, await MessagesAsync(without, "offerum-orders-poison"));
    }

    [Fact]
    public async Task Its_operations_are_seen_everywhere()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Rejected, "offerum-rejected"));
        await PutAsync(2, Delivery("offerum", DeliveryState.Held, "retired"));
        await using var without = await ServicesAsync("main");

        var search = without.Get<OperationSearch>();
        Assert.Equal(2, (await search.FindAsync(new OperationQuery(), None)).Count);
        Assert.Equal(2, (await search.FindAsync(new OperationQuery { Phones = ["+79001112233"] }, None)).Count);
        Assert.Equal(["Held", "Rejected"], (await without.Get<AttentionGroups>().OfAsync(Old, None)).Select(g => g.State).Order());
        Assert.Contains(Old, await without.Get<PipelineRegistry>().NamesAsync(None));
        var alerts = await without.Get<AlertCauses>().FindAsync(new AlertState(), None);
        Assert.Equal(["Held", "Rejected"], alerts.Where(a => a.Pipeline == Old).Select(a => a.Subject).Order());
    }

    [Fact]
    public async Task It_can_be_discarded_and_nothing_else()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Failed, "offerum-unavailable"));
        await using var without = await ServicesAsync("main");
        var (operators, id) = (without.Get<OperatorService>(), new OperationId(Old, RecordKind.Lead, 1));
        var view = OperationView.Of((await without.Get<JournalStore>().ReadAsync(id, None))!.Operation, without.Get<PipelineCatalog>());

        Assert.Equal(["resolve"], view.AllowedActions);
        foreach (var action in new OperatorAction[] { new OperatorAction.ReplaySend(null), new OperatorAction.ReplayEnrich(null), new OperatorAction.ResolveDelivered("5", null, null) })
        {
            Assert.Contains("no longer in the settings", (await operators.ActAsync(id, action, ActionTarget.Shown, None)).Refusal, StringComparison.Ordinal);
        }

        Assert.Equal(OperationState.Discarded, (await operators.ActAsync(id, new OperatorAction.Discard(null, null), ActionTarget.Shown, None)).Operation?.State);
    }

    [Fact]
    public async Task Discarding_one_destination_leaves_the_fetch_for_another()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Failed, "offerum-unavailable"), Delivery("telegram", DeliveryState.Failed, "telegram-unavailable"));
        await using var without = await ServicesAsync("main");
        var (journal, id) = (without.Get<JournalStore>(), new OperationId(Old, RecordKind.Lead, 1));
        var entry = (await journal.ReadAsync(id, None))!;
        Assert.NotNull(await journal.UpdateAsync(entry, entry.Operation with { Enrichment = EnrichmentState.Held }, null, None));

        Assert.NotNull((await without.Get<OperatorService>().ActAsync(id, new OperatorAction.Discard(null, null), ActionTarget.To("telegram"), None)).Operation);

        var after = (await journal.ReadAsync(id, None))!.Operation;
        Assert.Equal(EnrichmentState.Held, after.Enrichment);
        Assert.True(after.IsFetchedFor(after.DeliveryTo("offerum")!));
    }

    [Fact]
    public async Task Work_for_a_removed_destination_waits_until_it_is_back()
    {
        await PutAsync(1, Delivery("offerum", DeliveryState.Enriched), Delivery("http", DeliveryState.Delivered));
        await using (var without = await ServicesAsync(HttpOnly, "main", Old))
        {
            await SendAsync(without, 1, attempt: 2);
            await without.Get<BreakerRecovery>().RunAsync(None);

            Assert.Equal((OperationState.Held, "retired"), await StateAsync(without, 1));
        }

        await using var with = await ServicesAsync("main", Old);
        await with.Get<BreakerRecovery>().RunAsync(None);

        Assert.Equal((OperationState.Enriched, null), await StateAsync(with, 1));
    }

    private static Delivery Delivery(string destination, DeliveryState state, string? code = null) => new()
    {
        Destination = destination,
        State = state,
        Attempt = 2,
        Error = code is null ? null : new OperationError(code, "Why.", destination),
    };

    private StageMessage Message(long id, int attempt, string? run = null) => new()
    {
        Pipeline = Old,
        Kind = RecordKind.Lead,
        Id = id,
        Run = run ?? RunId.New(_time),
        Attempt = attempt,
    };

    private async Task SendAsync(PipelineServices services, long id, int attempt)
    {
        var operation = (await services.Get<JournalStore>().ReadAsync(new OperationId(Old, RecordKind.Lead, id), None))!.Operation;
        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Message(id, attempt, operation.Run), None);
    }

    private static async Task<(OperationState State, string? Code)> StateAsync(PipelineServices services, long id)
    {
        var operation = (await services.Get<JournalStore>().ReadAsync(new OperationId(Old, RecordKind.Lead, id), None))!.Operation;
        return (operation.State, operation.Error?.Code);
    }

    private static async Task<int> MessagesAsync(PipelineServices services, string queue) => (await services.Get<StageQueues>().DepthAsync(queue, None)).Messages;

    /// <summary>While the pipeline was there.</summary>
    private async Task PutAsync(long id, params Delivery[] deliveries)
    {
        await using var services = await ServicesAsync("main", Old);
        await services.JournalAsync(new OperationId(Old, RecordKind.Lead, id), deliveries);
    }

    private Task<PipelineServices> ServicesAsync(params string[] pipelines) => ServicesAsync([], pipelines);

    private async Task<PipelineServices> ServicesAsync(IEnumerable<(string Key, string? Value)> more, params string[] pipelines)
    {
        var services = PipelineServices.Offline(_storage, _time, pipelines, more);
        await services.Get<PipelineRegistry>().RecordAsync(pipelines.ToHashSet(StringComparer.Ordinal), None, isComplete: true);
        return services;
    }
}
