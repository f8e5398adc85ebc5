using Moq;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Enrichment;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

public sealed class EnrichResultsTests
{
    private static readonly RecordFields Read = Some.Fields(("phone", "+79000000009"), ("client_name", "Вера"));

    private static readonly UonSettings Settings = TestUonSettings.For(new Uri("http://127.0.0.1/"), "uon-test-key") with
    {
        WaitFor = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)],
        Retry = [TimeSpan.FromSeconds(7), TimeSpan.FromMinutes(2)],
    };

    [Fact]
    public void A_first_message_begins_the_story_at_the_webhooks_arrival()
    {
        var message = Some.Message() with { Traceparent = "00-1-2-01", Webhook = new WebhookMetadata { EventType = 1, ReceivedAt = Some.Now.AddSeconds(-3) } };

        var operation = EnrichResults.Begin(null, message, message.OperationId(), Some.Now);

        Assert.Equal((Some.Run, 1, OperationState.Waiting), (operation.Run, operation.Attempt, operation.State));
        Assert.Equal((Some.Now.AddSeconds(-3), "00-1-2-01", message.Webhook), (operation.ReceivedAt, operation.Traceparent, operation.Webhook));
        Assert.Equal([new OperationEvent(Some.Now.AddSeconds(-3), "webhook", 1, "type_id 1")], operation.Events);
    }

    [Fact]
    public void A_record_found_by_the_reconcile_says_so()
    {
        var message = Some.Message() with { Webhook = new WebhookMetadata { ReceivedAt = Some.Now, Reconciled = true } };

        Assert.Equal("reconciled", Assert.Single(EnrichResults.Begin(null, message, message.OperationId(), Some.Now).Events).Name);
    }

    [Fact]
    public void A_message_of_the_run_in_force_changes_nothing_by_itself()
    {
        var current = Some.Enriching(EnrichmentState.Waiting, attempt: 3) with { Waits = 1 };

        Assert.Equal(current, EnrichResults.Begin(current, Some.Message(attempt: 3), current.Id, Some.Now));
    }

    [Fact]
    public void A_newer_webhook_begins_a_run_of_the_same_story()
    {
        var current = Some.Operation(Some.Delivery(DeliveryState.Failed) with { MayHaveArrived = true, Sends = 3 }) with { Attempt = 9, Waits = 2, Retries = 4 };
        var message = Some.Message(Some.NewerRun) with { Webhook = new WebhookMetadata { EventType = 16, ReceivedAt = Some.Now } };

        var next = EnrichResults.Begin(current, message, current.Id, Some.Now);

        Assert.Equal((Some.NewerRun, 1, 0, 0), (next.Run, next.Attempt, next.Waits, next.Retries));
        Assert.Equal((current.ReceivedAt, current.Deliveries, message.Webhook), (next.ReceivedAt, next.Deliveries, next.Webhook));
        Assert.Equal([.. current.Events.Select(e => e.Name), "webhook"], next.Events.Select(e => e.Name));
    }

    [Fact]
    public void A_newer_message_replaces_the_webhook_only_where_it_has_one()
    {
        var former = new WebhookMetadata { EventType = 1, ReceivedAt = Some.Now.AddHours(-1) };
        var newer = new WebhookMetadata { EventType = 16, ReceivedAt = Some.Now };
        var current = Some.Operation() with { Webhook = former, Traceparent = "00-1-2-01" };

        var replaced = EnrichResults.Begin(current, Some.Message(Some.NewerRun) with { Webhook = newer, Traceparent = "00-3-4-01" }, current.Id, Some.Now);
        var kept = EnrichResults.Begin(current, Some.Message(Some.NewerRun), current.Id, Some.Now);

        Assert.Equal((newer, "00-3-4-01"), (replaced.Webhook, replaced.Traceparent));
        Assert.Equal((former, "00-1-2-01"), (kept.Webhook, kept.Traceparent));
    }

    /// <summary>An operator named the discarded one; the webhook is for all others.</summary>
    [Theory]
    [InlineData(Some.Other, true)]
    [InlineData(Some.Destination, false)]
    public void A_webhook_keeps_the_delivery_that_an_operator_named(string named, bool isKept)
    {
        var fetched = Some.Operation(Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Discarded, Some.Other));
        var current = fetched with { Enrichment = EnrichmentState.Waiting, FetchFor = [named] };

        Assert.Equal(isKept ? [Some.Other, Some.Destination] : null, EnrichResults.Begin(current, Some.Message(Some.NewerRun), current.Id, Some.Now).FetchFor);
    }

    [Fact]
    public void A_parked_webhook_is_told_at_its_arrival()
    {
        var message = Some.Message(Some.NewerRun) with { Webhook = new WebhookMetadata { Backfill = "b-1", ReceivedAt = Some.Now.AddSeconds(-3) } };

        var parked = EnrichResults.Park(Some.Operation(), message, Some.Now);

        Assert.Equal((Some.NewerRun, message.Webhook), (parked.Parked!.Run, parked.Parked.Webhook));
        Assert.Equal((Some.Now.AddSeconds(-3), "webhook", "backfill b-1"), (parked.Events[^1].At, parked.Events[^1].Name, parked.Events[^1].Detail));
    }

    [Fact]
    public void A_record_fetched_for_one_destination_gets_no_delivery_to_another() =>
        Assert.Equal(
            [Some.Other],
            Apply(Some.Enriching(EnrichmentState.Waiting) with { FetchFor = [Some.Other] }, Ready(), Some.Destination, Some.Other).Deliveries.Select(d => d.Destination));

    [Fact]
    public void A_ready_record_has_an_outbox_message_for_each_destination()
    {
        var next = Apply(Some.Enriching(EnrichmentState.Waiting, attempt: 3), Ready(), Some.Destination, Some.Other);

        Assert.Equal((OperationState.Enriched, null, null), (next.State, next.NextTryAt, next.Error));
        Assert.Equal("+79000000009", next.Fields["phone"]);
        Assert.Equal(
            [new OutboxMessage(Some.Destination, Some.Message(attempt: 4), null), new OutboxMessage(Some.Other, Some.Message(attempt: 4), null)],
            Outbox.Of(next));
        Assert.Equal([("webhook", 3), ("fetched", 3), ("enriched", 3)], next.Events.Select(e => (e.Name, e.Attempt)));
    }

    [Fact]
    public void Where_both_tables_have_the_number_the_story_says_so()
    {
        var next = Apply(Some.Enriching(EnrichmentState.Waiting), new EnrichOutcome.Ready(RecordKind.Lead, Read, "the newer, a lead, was taken"), Some.Destination);

        Assert.Contains(next.Events, e => e is { Name: "ambiguous-kind", Detail: "the newer, a lead, was taken" });
    }

    [Theory]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Duplicate)]
    [InlineData(DeliveryState.Sending)]
    [InlineData(DeliveryState.UncertainResending)]
    [InlineData(DeliveryState.Uncertain)]
    [InlineData(DeliveryState.Unconfirmed)]
    [InlineData(DeliveryState.Discarded)]
    public void What_is_sold_in_flight_or_awaiting_an_operator_is_not_sent_again(DeliveryState state)
    {
        var delivery = Some.Delivery(state) with { NextTryAt = Some.Now.AddMinutes(1) };

        Assert.Equal(delivery, Apply(Some.Operation(delivery, Some.Delivery(DeliveryState.Failed, Some.Other)), Ready(), Some.Destination, Some.Other).DeliveryTo(Some.Destination));
    }

    [Fact]
    public void A_reopened_delivery_keeps_its_sends_and_doubt_and_has_all_retries()
    {
        var before = Some.Delivery(DeliveryState.Failed) with
        {
            Attempt = 9,
            Tries = 6,
            Sends = 7,
            MayHaveArrived = true,
            OrderId = "5",
            Error = new OperationError("offerum-unavailable", "HTTP 503.", Some.Destination),
        };

        var after = Apply(Some.Operation(before) with { Attempt = 1 }, Ready(), Some.Destination).DeliveryTo(Some.Destination);

        Assert.Equal(before with { State = DeliveryState.Enriched, Attempt = 2, Tries = 0, Error = null }, after);
    }

    [Fact]
    public void What_is_not_there_yet_is_waited_for_and_then_given_up()
    {
        var first = Apply(Some.Enriching(EnrichmentState.Waiting), NotYet());
        var second = Apply(first, NotYet());
        var third = Apply(second, NotYet());

        Assert.Equal((OperationState.Waiting, 2, 1, Some.Now.AddSeconds(5)), (first.State, first.Attempt, first.Waits, first.NextTryAt));
        Assert.Equal((OperationState.Waiting, 3, 2, Some.Now.AddMinutes(1)), (second.State, second.Attempt, second.Waits, second.NextTryAt));
        Assert.Equal((OperationState.Failed, 3, null, "no-phone"), (third.State, third.Attempt, third.NextTryAt, third.Error?.Code));
        Assert.Equal(["webhook", "waiting", "waiting", "failed"], third.Events.Select(e => e.Name));
        Assert.Equal("There is no phone yet. Next try at 2026-03-02 10:00:05Z", first.Events[^1].Detail);
        Assert.Equal([1, 1, 2, 3], third.Events.Select(e => e.Attempt));
    }

    [Fact]
    public void A_failure_of_U_ON_is_retried_then_given_up_and_uses_no_waits()
    {
        var first = Apply(Some.Enriching(EnrichmentState.Waiting) with { Waits = 1 }, Unavailable());
        var second = Apply(first, Unavailable(TimeSpan.FromMinutes(9)));
        var third = Apply(second, Unavailable());

        Assert.Equal((OperationState.Waiting, 2, 1, Some.Now.AddSeconds(7)), (first.State, first.Attempt, first.Retries, first.NextTryAt));
        Assert.Equal(("retry", "uon-unavailable"), (first.Events[^1].Name, first.Error?.Code));
        Assert.Equal(Some.Now.AddMinutes(9), second.NextTryAt);
        Assert.Equal((OperationState.Failed, 1, "uon-unavailable"), (third.State, third.Waits, third.Error?.Code));
    }

    [Fact]
    public void Patience_that_U_ON_asks_for_is_no_attempt_however_often()
    {
        var operation = Some.Enriching(EnrichmentState.Waiting, attempt: 2);
        for (var i = 0; i < 20; i++)
        {
            operation = Apply(operation, new EnrichOutcome.Throttled(RecordKind.Lead, null));
        }

        Assert.Equal((OperationState.Waiting, 2, 0, 0), (operation.State, operation.Attempt, operation.Waits, operation.Retries));
        Assert.Equal(Some.Now.AddSeconds(2), operation.NextTryAt);
        Assert.Equal(Some.Now.AddSeconds(9), Apply(operation, new EnrichOutcome.Throttled(RecordKind.Lead, TimeSpan.FromSeconds(9))).NextTryAt);
    }

    [Fact]
    public void A_pause_is_no_error() =>
        Assert.Null(Apply(Some.Enriching(EnrichmentState.Waiting), new EnrichOutcome.Hold(RecordKind.Lead, CircuitBreakerState.Paused, "Paused.")).EnrichError);

    [Fact]
    public void A_hold_needs_no_message_and_is_no_attempt()
    {
        var held = Apply(Some.Enriching(EnrichmentState.Waiting, attempt: 2), new EnrichOutcome.Hold(RecordKind.Lead, ErrorCodes.UonDenied, "U-ON refused our key."));

        Assert.Equal((OperationState.Held, 2, null, "uon-denied"), (held.State, held.Attempt, held.NextTryAt, held.Error?.Code));
        Assert.Empty(Outbox.Of(held));
    }

    [Theory]
    [InlineData(true, OperationState.Skipped, "too-old", "skipped")]
    [InlineData(false, OperationState.Failed, "too-old", "failed")]
    public void What_is_not_for_sale_or_cannot_be_sold_keeps_what_was_read(bool skip, OperationState state, string code, string eventName)
    {
        EnrichOutcome outcome = skip
            ? new EnrichOutcome.Skip(RecordKind.Lead, Read, ErrorCodes.TooOld, "Too old.")
            : new EnrichOutcome.Fail(RecordKind.Lead, Read, ErrorCodes.TooOld, "Too old.");

        var next = Apply(Some.Enriching(EnrichmentState.Waiting), outcome);

        Assert.Equal((state, code, eventName, "Вера"), (next.State, next.Error?.Code, next.Events[^1].Name, next.Fields["client_name"]));
        Assert.Empty(Outbox.Of(next));
    }

    [Fact]
    public void A_failure_keeps_the_fields_read_before() =>
        Assert.Equal("Анна", Apply(Some.Enriching(EnrichmentState.Waiting), Unavailable()).Fields["client_name"]);

    [Fact]
    public void Every_error_of_the_enrichment_belongs_to_its_stage() =>
        Assert.All(
            new EnrichOutcome[] { NotYet(), Unavailable(), new EnrichOutcome.Hold(RecordKind.Lead, ErrorCodes.UonInactive, "Off.") },
            outcome => Assert.Equal("enrich", Apply(Some.Enriching(EnrichmentState.Waiting), outcome).Error?.Stage));

    private static EnrichOutcome.Ready Ready() => new(RecordKind.Lead, Read, null);

    private static EnrichOutcome.NotYet NotYet() => new(RecordKind.Lead, Read, ErrorCodes.NoPhone, "There is no phone yet.");

    private static EnrichOutcome.Unavailable Unavailable(TimeSpan? retryAfter = null) => new(RecordKind.Lead, "U-ON answered HTTP 500.", retryAfter);

    private static Operation Apply(Operation operation, EnrichOutcome outcome, params string[] destinations) =>
        EnrichResults.Apply(operation, outcome, Settings, Some.FieldSet, destinations.Select(name => Mock.Of<IDestination>(d => d.Name == name)), Some.Now, random: 0);
}
