using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

/// <summary>A write-back that failed never offers to sell the lead again, and can be tried again by its own name.</summary>
public sealed class ReportActionTests
{
    private const string Name = "uon-write";

    private static readonly Operation Unwritten = Some.Operation(Some.Delivery(DeliveryState.Delivered, "offerum") with { Sends = 1, OrderId = "77" })
        .With(Some.Delivery(DeliveryState.Failed, Name) with { Reports = [new OutcomeReport(Outcomes.Delivered, Some.Now)], Error = new OperationError("uon-write-unavailable", "U-ON is away.", Name) });

    [Fact]
    public void Of_a_sold_lead_only_the_write_back_can_be_resent_or_resolved()
    {
        Assert.Empty(ActionNames.AllowedFor(Unwritten));
        Assert.Empty(ActionNames.AllowedFor(Unwritten, Unwritten.DeliveryTo("offerum")!));
        Assert.Equal(["replay-send", "resolve"], ActionNames.AllowedFor(Unwritten, Unwritten.DeliveryTo(Name)!));
    }

    [Fact]
    public void Sending_it_again_leaves_the_order_alone()
    {
        var (next, refusal) = ActionRules.Apply(
            Unwritten, new OperatorAction.ReplaySend("Анна"), ["offerum", Name], Some.NewerRun, Some.Now, ActionTarget.To(Name));

        Assert.Null(refusal);
        Assert.Equal((DeliveryState.Delivered, "77", 1), (next!.DeliveryTo("offerum")!.State, next.DeliveryTo("offerum")!.OrderId, next.DeliveryTo("offerum")!.Sends));
        Assert.Equal(Name, Assert.Single(Outbox.Of(next)).Destination);
        Assert.Single(next.DeliveryTo(Name)!.Reports!);
    }

    [Fact]
    public void It_can_be_resent_without_personal_data_and_an_order_cannot()
    {
        var redacted = PersonalData.Redact(Unwritten.With(Some.Delivery(DeliveryState.Failed, "bitrix24")));

        Assert.Equal(["replay-send", "resolve"], ActionNames.AllowedFor(redacted, redacted.DeliveryTo(Name)!));
        Assert.DoesNotContain("replay-send", ActionNames.AllowedFor(redacted, redacted.DeliveryTo("bitrix24")!));
        Assert.Null(Send(Name).Refusal);
        Assert.Contains("no phone", Send("bitrix24").Refusal, StringComparison.Ordinal);

        (Operation? Next, string? Refusal) Send(string destination) => ActionRules.Apply(
            redacted, new OperatorAction.ReplaySend(null), ["offerum", "bitrix24", Name], Some.NewerRun, Some.Now, ActionTarget.To(destination));
    }

    [Fact]
    public void It_has_no_record_to_fetch_and_no_field_to_correct()
    {
        var (fetched, why) = ActionRules.Apply(Unwritten, new OperatorAction.ReplayEnrich(null), ["offerum", Name], Some.NewerRun, Some.Now, ActionTarget.To(Name));

        Assert.Null(fetched);
        Assert.Contains("only reports", why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outcome_settled_by_hand_is_not_told_with_the_next_one()
    {
        var (settled, _) = ActionRules.Apply(
            Unwritten, new OperatorAction.ResolveDelivered(null, null, null), ["offerum", Name], Some.NewerRun, Some.Now, ActionTarget.To(Name));

        var next = Reports.Open(settled!, Name, new OutcomeReport(Outcomes.Approved, Some.Now)).DeliveryTo(Name)!;
        Assert.Equal([Outcomes.Approved], next.Reports!.Select(report => report.Outcome));
    }

    [Fact]
    public void A_webhook_of_a_sold_lead_is_only_noted() =>
        Assert.Equal(EnrichStep.Note, EnrichSteps.Next(Unwritten, Some.Message(Some.NewerRun), Some.Now));
}
