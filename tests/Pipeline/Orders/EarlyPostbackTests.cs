using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>A postback that comes while its order is being sent proves that the order arrived. One that came before the order was claimed proves nothing.</summary>
public sealed class EarlyPostbackTests(AzuriteFixture azurite)
{
    private const string Secret = "a-postback-secret-for-tests";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(DeliveryOutcome.Transient, DeliveryState.Delivered)]
    [InlineData(DeliveryOutcome.Uncertain, DeliveryState.Delivered)]
    [InlineData(DeliveryOutcome.Rejected, DeliveryState.Delivered)]
    public async Task While_the_order_is_sent_it_decides(DeliveryOutcome reply, DeliveryState state)
    {
        await using var services = Services();

        var delivery = await SendAsync(services, reply, meanwhile: () => PostbackAsync(services));

        Assert.Equal((state, 1, false), (delivery.State, delivery.Sends, delivery.MayHaveArrived));
    }

    [Theory]
    [InlineData(DeliveryOutcome.Transient, DeliveryState.Waiting)]
    [InlineData(DeliveryOutcome.Uncertain, DeliveryState.UncertainResending)]
    public async Task Before_the_claim_it_explains_no_unclear_reply(DeliveryOutcome reply, DeliveryState state)
    {
        await using var services = Services();

        var delivery = await SendAsync(services, reply, before: () => PostbackAsync(services));

        Assert.Equal((state, 1, state == DeliveryState.UncertainResending), (delivery.State, delivery.Sends, delivery.MayHaveArrived));
        Assert.Equal("approved", (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Postback!.Status);
    }

    [Theory]
    [InlineData(DeliveryOutcome.Transient, DeliveryState.Waiting)]
    [InlineData(DeliveryOutcome.Uncertain, DeliveryState.UncertainResending)]
    public async Task Without_it_the_reply_decides(DeliveryOutcome reply, DeliveryState state)
    {
        await using var services = Services();

        var delivery = await SendAsync(services, reply);

        Assert.Equal((state, 1, state == DeliveryState.UncertainResending), (delivery.State, delivery.Sends, delivery.MayHaveArrived));
    }

    private PipelineServices Services() =>
        PipelineServices.Offline(azurite.NewAccount(), _time, ["main"], [("Pipelines:main:Postback:Secret", Secret)]);

    private static async Task<Delivery> SendAsync(PipelineServices services, DeliveryOutcome reply, Func<Task>? before = null, Func<Task>? meanwhile = null)
    {
        var entry = await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 });
        await (before?.Invoke() ?? Task.CompletedTask);
        var order = new Order(services.Get<OfferumDestination>(), async () =>
        {
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            return new DeliveryReply(reply) { Detail = "As the test says" };
        });
        await services.Get<DeliveryStage>().RunAsync(order, Outbox.Message(entry.Operation, 2), None);
        return (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0];
    }

    private static async Task PostbackAsync(PipelineServices services)
    {
        var request = new DefaultHttpContext { Request = { Method = "GET", QueryString = new QueryString("?subid1=lead-1&status=approved") } }.Request;
        var answer = await services.Get<PostbackReceiver>().ReceiveAsync(request, "main", Secret, None);
        Assert.Equal("accepted", Assert.IsType<JsonHttpResult<WebhookAnswer>>(answer).Value!.Status);
    }

    /// <summary>Offerum, except for what is sent.</summary>
    private sealed class Order(OfferumDestination offerum, Func<Task<DeliveryReply>> send) : IDestination
    {
        public string Name => offerum.Name;

        public string Queue => offerum.Queue;

        public bool Serves(UonOfferum.Shared.Configuration.Pipeline pipeline) => offerum.Serves(pipeline);

        public DeliveryPolicy Policy(UonOfferum.Shared.Configuration.Pipeline pipeline) => offerum.Policy(pipeline);

        public string Account(UonOfferum.Shared.Configuration.Pipeline pipeline) => offerum.Account(pipeline);

        public OrderPreview Preview(UonOfferum.Shared.Configuration.Pipeline pipeline, Operation operation) => offerum.Preview(pipeline, operation);

        public Task<DeliveryReply> SendAsync(UonOfferum.Shared.Configuration.Pipeline pipeline, Operation operation, CancellationToken cancellationToken) => send();
    }
}
