using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Messaging;

public sealed class OutboxTests
{
    [Fact]
    public void A_waiting_enrichment_has_an_outbox_message_with_the_webhook_data()
    {
        var webhook = new WebhookMetadata { EventType = 1, ReceivedAt = Some.Now };
        var operation = Some.Enriching(EnrichmentState.Waiting, attempt: 3) with { EnrichAt = Some.Now, Webhook = webhook, Traceparent = "00-1-2-01" };

        var message = Assert.Single(Outbox.Of(operation));

        Assert.Null(message.Destination);
        Assert.Equal(Some.Now, message.VisibleAt);
        Assert.Equal(
            new StageMessage { Pipeline = "main", Kind = RecordKind.Lead, Id = 48213, Run = Some.Run, Attempt = 3, Traceparent = "00-1-2-01", Webhook = webhook },
            message.Message);
    }

    [Fact]
    public void Each_outbox_message_has_its_own_attempt_and_time_and_no_webhook_data()
    {
        var operation = Some.Operation(
            Some.Delivery(DeliveryState.Enriched),
            Some.Delivery(DeliveryState.Waiting, Some.Other) with { Attempt = 5, NextTryAt = Some.Now }) with
        {
            Webhook = new WebhookMetadata { ReceivedAt = Some.Now },
        };

        Assert.Equal(
            [new OutboxMessage(Some.Destination, Some.Message(attempt: 2), null), new OutboxMessage(Some.Other, Some.Message(attempt: 5), Some.Now)],
            Outbox.Of(operation));
    }

    [Theory]
    [InlineData(DeliveryState.Enriched, true)]
    [InlineData(DeliveryState.Waiting, true)]
    [InlineData(DeliveryState.Sending, true)]
    [InlineData(DeliveryState.UncertainResending, true)]
    [InlineData(DeliveryState.Uncertain, false)]
    [InlineData(DeliveryState.Held, false)]
    [InlineData(DeliveryState.Failed, false)]
    [InlineData(DeliveryState.Rejected, false)]
    [InlineData(DeliveryState.Unconfirmed, false)]
    [InlineData(DeliveryState.Delivered, false)]
    [InlineData(DeliveryState.Duplicate, false)]
    [InlineData(DeliveryState.Skipped, false)]
    [InlineData(DeliveryState.Discarded, false)]
    public void Only_unfinished_deliveries_have_an_outbox_message(DeliveryState state, bool hasMessage)
    {
        var delivery = Some.Delivery(state) with { NextTryAt = Some.Now };

        Assert.Equal(hasMessage, Outbox.Of(Some.Operation(delivery)).Any());
    }

    [Fact]
    public void An_uncertain_order_that_waits_for_an_operator_has_no_outbox_message() =>
        Assert.Empty(Outbox.Of(Some.Operation(Some.Delivery(DeliveryState.Uncertain))));

    [Theory]
    [InlineData(EnrichmentState.Waiting, false)]
    [InlineData(EnrichmentState.Held, false)]
    [InlineData(EnrichmentState.Enriched, true)]
    [InlineData(EnrichmentState.Failed, true)]
    [InlineData(EnrichmentState.Skipped, true)]
    [InlineData(EnrichmentState.Discarded, true)]
    public void A_delivery_rests_only_while_its_record_is_fetched(EnrichmentState enrichment, bool hasMessage) =>
        Assert.Equal(
            hasMessage,
            Outbox.Of(Some.Operation(Some.Delivery(DeliveryState.Waiting)) with { Enrichment = enrichment }).Any(m => m.Destination == Some.Destination));
}
