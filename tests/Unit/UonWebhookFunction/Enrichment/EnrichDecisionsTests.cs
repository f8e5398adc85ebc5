using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

public sealed class EnrichDecisionsTests
{
    private static readonly FieldSet Fields = FieldSet.Parse(new Dictionary<string, string>(StringComparer.Ordinal), TimeZoneInfo.Utc, (key, problem) => throw new InvalidOperationException($"{key} {problem}"));

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
        var (fresh, old) = (Announced(Some.Now), Announced(Some.Now.AddHours(-1)));

        Assert.Equal(EnrichDecision.Fetch, Next(waiting, fresh, outcome: null));
        Assert.Equal(EnrichDecision.Write, Next(waiting, fresh, Ready));
        Assert.Equal(EnrichDecision.Park, Next(waiting, fresh, new EnrichOutcome.Hold(RecordKind.Lead, ErrorCodes.UonDenied, "U-ON refused our key.")));
        Assert.Equal(EnrichDecision.Defer, Next(waiting, fresh, new EnrichOutcome.Throttled(RecordKind.Lead, null)));
        Assert.Equal(EnrichDecision.Note, Next(waiting, old, new EnrichOutcome.Throttled(RecordKind.Lead, null)));
        Assert.Equal(EnrichDecision.Note, Next(waiting, fresh, new EnrichOutcome.Skip(RecordKind.Lead, RecordFields.Empty, ErrorCodes.Filtered, "The filter does not let it pass.")));
    }

    [Fact]
    public void A_rejected_record_that_did_not_change_is_not_sent_again()
    {
        var rejected = Some.Operation(Some.Delivery(DeliveryState.Rejected));

        Assert.Equal(EnrichDecision.Note, Next(rejected, Announced(Some.Now), new EnrichOutcome.Ready(RecordKind.Lead, rejected.Fields, null)));
    }

    private static StageMessage Announced(DateTimeOffset at) => Some.Message(Some.NewerRun) with { Webhook = new WebhookMetadata { ReceivedAt = at } };

    private static EnrichDecision Next(Operation? known, StageMessage message, EnrichOutcome? outcome) =>
        EnrichDecisions.Next(known, message, outcome, Fields, Some.Now);
}
