using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Records;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class PromisesTests
{
    [Fact]
    public void A_waiting_enrichment_promises_its_next_attempt_with_what_the_webhook_said()
    {
        var webhook = new WebhookNote { EventType = 1, ReceivedAt = Some.Now };
        var operation = Some.Enriching(OperationState.Waiting, attempt: 3) with { EnrichAt = Some.Now, Webhook = webhook, Traceparent = "00-1-2-01" };

        var promise = Assert.Single(Promises.Of(operation));

        Assert.Null(promise.Destination);
        Assert.Equal(Some.Now, promise.VisibleAt);
        Assert.Equal(
            new StageMessage { Pipeline = "main", Kind = RecordKind.Lead, Id = 48213, Run = Some.Run, Attempt = 3, Traceparent = "00-1-2-01", Webhook = webhook },
            promise.Message);
    }

    [Fact]
    public void Each_delivery_promises_its_own_attempt_and_time_and_no_words_of_the_webhook()
    {
        var operation = Some.Operation(
            Some.Delivery(OperationState.Enriched),
            Some.Delivery(OperationState.Waiting, Some.Other) with { Attempt = 5, NextTryAt = Some.Now }) with
        {
            Webhook = new WebhookNote { ReceivedAt = Some.Now },
        };

        Assert.Equal(
            [new Promise(Some.Destination, Some.Message(attempt: 2), null), new Promise(Some.Other, Some.Message(attempt: 5), Some.Now)],
            Promises.Of(operation));
    }

    [Theory]
    [InlineData(OperationState.Enriched, true)]
    [InlineData(OperationState.Waiting, true)]
    [InlineData(OperationState.Sending, true)]
    [InlineData(OperationState.Uncertain, true)]
    [InlineData(OperationState.Held, false)]
    [InlineData(OperationState.Failed, false)]
    [InlineData(OperationState.Rejected, false)]
    [InlineData(OperationState.Unconfirmed, false)]
    [InlineData(OperationState.Delivered, false)]
    [InlineData(OperationState.Duplicate, false)]
    [InlineData(OperationState.Skipped, false)]
    [InlineData(OperationState.Discarded, false)]
    public void Only_what_goes_on_by_itself_promises_a_message(OperationState state, bool promises)
    {
        var delivery = Some.Delivery(state) with { NextTryAt = Some.Now };

        Assert.Equal(promises, Promises.Of(Some.Operation(delivery)).Any());
    }

    [Fact]
    public void An_uncertain_order_that_waits_for_a_person_promises_nothing() =>
        Assert.Empty(Promises.Of(Some.Operation(Some.Delivery(OperationState.Uncertain))));

    [Theory]
    [InlineData(OperationState.Held)]
    [InlineData(OperationState.Failed)]
    [InlineData(OperationState.Skipped)]
    [InlineData(OperationState.Discarded)]
    public void Deliveries_promise_nothing_while_the_enrichment_rests(OperationState enrichment) =>
        Assert.Empty(Promises.Of(Some.Operation(Some.Delivery(OperationState.Waiting)) with { Enrichment = enrichment }));
}
