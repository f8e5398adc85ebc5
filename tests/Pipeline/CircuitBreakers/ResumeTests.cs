using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Tests.Pipeline.CircuitBreakers;

/// <summary>Thousands of orders may be held in a paused pipeline: an operator who resumes it does not wait for all of them.</summary>
public sealed class ResumeTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task It_answers_before_held_work_is_released_and_says_so_to_the_clock()
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"]);
        var control = services.Get<PipelineSwitch>();
        await control.PauseAsync(new DefaultHttpContext().Request, "main", None);
        await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Held, Attempt = 2 });
        services.Get<BreakerSignal>().Take();

        await control.ResumeAsync(new DefaultHttpContext().Request, "main", None);

        Assert.DoesNotContain(await services.Get<CircuitBreakerStore>().ReadAsync("main", None), breaker => breaker.IsOpen);
        Assert.Equal((DeliveryState.Held, 0), (await StateAsync(services), await MessagesAsync(services)));

        // As the clock does, whose process is not running here.
        Assert.Equal(new BreakerChange("main"), Assert.Single(services.Get<BreakerSignal>().Take()));
        await services.Get<BreakerRecovery>().RunAsync(services.Get<PipelineCatalog>().Get("main"), null, None);
        Assert.Equal((DeliveryState.Enriched, 1), (await StateAsync(services), await MessagesAsync(services)));
    }

    [Fact]
    public async Task A_release_whose_reply_is_lost_sends_its_message()
    {
        await using var storage = await StorageMeter.StartAsync(azurite.NewAccount(), None);
        await using var services = PipelineServices.Offline(storage.ConnectionString, TimeProvider.System, ["main"]);
        await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Held, Attempt = 2 });
        await storage.SetFaultAsync(StorageFault.FirstReplyLost, None);

        await services.Get<HeldOperations>().ReleaseAsync(services.Get<PipelineCatalog>().Get("main"), by: null, None);

        await storage.SetFaultAsync(null, None);
        Assert.Equal(DeliveryState.Enriched, await StateAsync(services));
        // The storage client repeats the lost send, too.
        Assert.InRange(await MessagesAsync(services), 1, 2);
    }

    private static async Task<DeliveryState> StateAsync(PipelineServices services) =>
        (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0].State;

    private static async Task<int> MessagesAsync(PipelineServices services) =>
        (await services.Get<StageQueues>().DepthAsync("offerum-orders", None)).Messages;
}
