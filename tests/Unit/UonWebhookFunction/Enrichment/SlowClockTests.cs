using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

/// <summary>A webhook of an instance whose clock is behind that of the instance that began the operation's run.</summary>
public sealed class SlowClockTests
{
    private static readonly Operation Failed = Some.Enriching(EnrichmentState.Failed) with { Run = RunAt(Some.Now) };

    private static readonly FakeTimeProvider Clock = new(Some.Now.AddMinutes(-1));

    [Fact]
    public void It_begins_a_run_that_is_newer()
    {
        var message = Announced(Some.Now.AddMinutes(-1));

        var renewed = EnrichSteps.Renew(Failed, message, Clock);

        Assert.True(RunId.Compare(renewed.Run, Failed.Run) > 0);
        Assert.Equal(message, renewed with { Run = message.Run });
        Assert.Equal(EnrichStep.Begin, EnrichSteps.Next(Failed, renewed, Some.Now));
    }

    [Fact]
    public void It_begins_one_run_only()
    {
        var message = Announced(Some.Now.AddMinutes(-1));
        var renewed = EnrichSteps.Renew(Failed, message, Clock);
        var begun = EnrichResults.Begin(Failed, renewed, Failed.Id, Some.Now) with { Enrichment = EnrichmentState.Enriched };

        Assert.Same(message, EnrichSteps.Renew(begun, message, Clock));
        Assert.Equal(EnrichStep.Drop, EnrichSteps.Next(begun, message, Some.Now));
        Assert.Equal(EnrichStep.Republish, EnrichSteps.Next(begun.With(Some.Delivery(DeliveryState.Enriched)), message, Some.Now));
    }

    [Fact]
    public void A_message_without_a_webhook_or_older_than_clocks_differ_keeps_its_run()
    {
        var near = Announced(Some.Now.AddMinutes(-1));

        Assert.All(
            [near with { Webhook = null }, near with { Attempt = 2 }, Announced(Some.Now.AddMinutes(-5)), near with { Run = Failed.Run }, Announced(Some.Now.AddMinutes(1))],
            message => Assert.Same(message, EnrichSteps.Renew(Failed, message, Clock)));
    }

    private static StageMessage Announced(DateTimeOffset at) => Some.Message(RunAt(at)) with { Webhook = new WebhookMetadata { EventType = 16, ReceivedAt = at } };

    private static string RunAt(DateTimeOffset at) => RunId.New(new FakeTimeProvider(at));
}
