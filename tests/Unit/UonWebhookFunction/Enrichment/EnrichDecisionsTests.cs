using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

public sealed class EnrichDecisionsTests
{
    private static readonly EnrichOutcome Ready = new EnrichOutcome.Ready(RecordKind.Lead, RecordFields.Empty, null);

    [Fact]
    public void What_the_journal_does_not_know_is_fetched_and_written()
    {
        Assert.Equal(EnrichDecision.Fetch, Next(known: null, Some.Message(), outcome: null));
        Assert.Equal(EnrichDecision.Write, Next(known: null, Some.Message(), Ready));
    }

    [Fact]
    public void What_the_journal_has_passed_asks_nobody()
    {
        Assert.Equal(EnrichDecision.Republish, Next(Some.Operation(Some.Delivery(DeliveryState.Enriched)), Some.Message(), outcome: null));
        Assert.Equal(EnrichDecision.Drop, Next(Some.Operation(Some.Delivery(DeliveryState.Delivered)), Some.Message(), outcome: null));
        Assert.Equal(EnrichDecision.Drop, Next(Some.Operation(Some.Delivery(DeliveryState.Waiting)), Some.Message(Some.OlderRun), Ready));
        Assert.Equal(EnrichDecision.Note, Next(Some.Operation(Some.Delivery(DeliveryState.Delivered)), Some.Message(Some.NewerRun), outcome: null));
    }

    [Fact]
    public void A_newer_webhook_of_waiting_work_is_written_once_U_ON_has_the_record()
    {
        var waiting = Some.Operation(Some.Delivery(DeliveryState.Waiting));
        var fresh = Announced(Some.Now);

        Assert.Equal(EnrichDecision.Fetch, Next(waiting, fresh, outcome: null));
        Assert.Equal(EnrichDecision.Write, Next(waiting, fresh, Ready));
        Assert.Equal(EnrichDecision.Park, Next(waiting, fresh, new EnrichOutcome.Hold(RecordKind.Lead, ErrorCodes.UonDenied, "U-ON refused our key.")));
        Assert.Equal(EnrichDecision.Defer, Next(waiting, fresh, new EnrichOutcome.Throttled(RecordKind.Lead, null)));
        Assert.Equal(EnrichDecision.Note, Next(waiting, fresh, new EnrichOutcome.Skip(RecordKind.Lead, RecordFields.Empty, ErrorCodes.Filtered, "The filter does not let it pass.")));
    }

    [Fact]
    public void A_rejected_record_that_did_not_change_is_not_sent_again()
    {
        var rejected = Some.Operation(Some.Delivery(DeliveryState.Rejected));

        Assert.Equal(EnrichDecision.Note, Next(rejected, Announced(Some.Now), new EnrichOutcome.Ready(RecordKind.Lead, rejected.Fields, null)));
    }

    [Fact]
    public void A_correction_is_fetched_again_for_a_day_while_U_ON_fails()
    {
        var rejected = Some.Operation(Some.Delivery(DeliveryState.Rejected));
        var (soon, hoursLater, nextDay) = (Announced(Some.Now), Announced(Some.Now.AddHours(-23)), Announced(Some.Now.AddHours(-25)));

        Assert.All(new EnrichOutcome[] { new EnrichOutcome.Unavailable(RecordKind.Lead, "HTTP 500.", null), new EnrichOutcome.Throttled(RecordKind.Lead, null) }, failure => Assert.Equal(
            [EnrichDecision.Defer, EnrichDecision.Defer, EnrichDecision.Note],
            new[] { soon, hoursLater, nextDay }.Select(message => Next(rejected, message, failure))));
        Assert.Equal(EnrichDecision.Note, Next(rejected, hoursLater, new EnrichOutcome.NotYet(RecordKind.Lead, RecordFields.Empty, ErrorCodes.NoPhone, "There is no phone yet.")));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(600, 60)]
    [InlineData(80_000, 3600)]
    public void A_deferred_message_waits_longer_the_older_it_is(int age, int delay) => Assert.Equal(
        TimeSpan.FromSeconds(delay), EnrichDecisions.Delay(Announced(Some.Now.AddSeconds(-age)), TimeSpan.FromSeconds(5), Some.Now));

    private static StageMessage Announced(DateTimeOffset at) => Some.Message(Some.NewerRun) with { Webhook = new WebhookMetadata { ReceivedAt = at } };

    private static EnrichDecision Next(Operation? known, StageMessage message, EnrichOutcome? outcome) =>
        EnrichDecisions.Next(known, message, outcome, Some.FieldSet, Some.Now);
}
