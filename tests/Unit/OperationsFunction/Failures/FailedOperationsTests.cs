using UonOfferum.OperationsFunction.Failures;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Failures;

public sealed class FailedOperationsTests
{
    [Theory]
    [InlineData(DeliveryState.Enriched, false, OperationState.Failed, "crashed", "failed")]
    [InlineData(DeliveryState.Waiting, false, OperationState.Failed, "crashed", "failed")]
    [InlineData(DeliveryState.Enriched, true, OperationState.Uncertain, "uncertain", "uncertain")]
    [InlineData(DeliveryState.UncertainResending, true, OperationState.Uncertain, "uncertain", "uncertain")]
    public void A_crashed_delivery_waits_for_an_operator_who_is_notified_of_any_doubt(
        DeliveryState before, bool mayHaveArrived, OperationState after, string code, string eventName)
    {
        var delivery = Some.Delivery(before) with { MayHaveArrived = mayHaveArrived, NextTryAt = Some.Now };

        var next = FailedOperations.Crashed(Some.Operation(delivery), delivery, Some.Now);

        Assert.Equal((after, code, eventName), (next.State, next.Error?.Code, next.Events[^1].Name));
        Assert.True(next.DeliveryTo(Some.Destination)!.State.NeedsOperator());
        Assert.Empty(Outbox.Of(next));
    }

    [Fact]
    public void An_order_that_may_be_on_its_way_is_in_doubt()
    {
        var sending = Some.Delivery(DeliveryState.Sending) with { NextTryAt = Some.Now };

        var delivery = FailedOperations.MarkUncertain(Some.Operation(sending), sending, Some.Now).DeliveryTo(Some.Destination)!;

        Assert.Equal((DeliveryState.Uncertain, true, null), (delivery.State, delivery.MayHaveArrived, delivery.NextTryAt));
    }

    [Fact]
    public void A_record_that_never_got_to_the_journal_is_kept_with_its_webhook()
    {
        var message = Some.Message(attempt: 1) with { Webhook = new WebhookMetadata { ReceivedAt = Some.Now.AddHours(-1) } };

        var failed = FailedOperations.Unknown(message, Some.Now);

        Assert.Equal((OperationState.Failed, "crashed", Some.Now.AddHours(-1)), (failed.State, failed.Error?.Code, failed.ReceivedAt));
        Assert.Equal((message.OperationId(), message.Run, message.Webhook), (failed.Id, failed.Run, failed.Webhook));
    }

    [Fact]
    public void A_crashed_newer_webhook_is_told_where_it_would_have_begun_again()
    {
        Assert.All(
            Enum.GetValues<DeliveryState>(),
            state => Assert.Equal(state is DeliveryState.Skipped or DeliveryState.Failed, FailedOperations.BeginsAgain(Some.Operation(Some.Delivery(state)))));
        Assert.True(FailedOperations.BeginsAgain(Some.Enriching(EnrichmentState.Waiting)));

        var failed = FailedOperations.Crashed(Some.Enriching(EnrichmentState.Skipped, attempt: 4), Some.Message(Some.NewerRun), Some.Now);

        Assert.Equal((OperationState.Failed, Some.NewerRun, 1), (failed.State, failed.Run, failed.Attempt));
    }
}
