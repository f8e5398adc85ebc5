using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>Rules 6 to 9: what each answer makes of a delivery.</summary>
public sealed class DeliveryResultsTests
{
    private const string Yes = "yes";
    private const string No = "no";

    private static readonly IReadOnlyList<string[]> Rules = Table.Rows(
        """
        outcome        policy  doubtful  retries  | state        next-try  doubtful  person  error                events
        ------------------------------------------------------------------------------------------------------------------------------
        Delivered      any     any       any      | Delivered    never     no        no      -                    delivered
        Duplicate      any     no        any      | Duplicate    never     no        no      -                    duplicate
        Duplicate      any     yes       any      | Delivered    never     no        no      -                    duplicate,delivered
        Rejected       any     no        any      | Rejected     never     no        yes     offerum-rejected     rejected
        Rejected       any     yes       any      | Rejected     never     yes       yes     offerum-rejected     rejected
        Misconfigured  any     no        any      | Held         never     no        no      offerum-denied       held
        Misconfigured  any     yes       any      | Held         never     yes       no      offerum-denied       held
        Unconfirmed    any     no        any      | Unconfirmed  never     no        yes     offerum-unconfirmed  unconfirmed
        Unconfirmed    any     yes       any      | Unconfirmed  never     yes       yes     offerum-unconfirmed  unconfirmed
        Transient      any     no        left     | Waiting      delay     no        no      offerum-unavailable  retry
        Transient      any     no        used-up  | Failed       never     no        yes     offerum-unavailable  failed
        Transient      any     yes       left     | Uncertain    delay     yes       no      offerum-unavailable  retry
        Transient      any     yes       used-up  | Uncertain    never     yes       yes     uncertain            uncertain
        Uncertain      Resend  no        any      | Uncertain    soon      yes       no      uncertain            uncertain
        Uncertain      Resend  yes       any      | Uncertain    never     yes       yes     uncertain            uncertain
        Uncertain      Hold    any       any      | Uncertain    never     yes       yes     uncertain            uncertain
        """);

    [Fact]
    public void An_answer_makes_of_a_delivery_what_the_table_says()
    {
        foreach (var (outcome, policy, doubtful, retries) in
            from outcome in Enum.GetValues<DeliveryOutcome>()
            from policy in Enum.GetValues<UncertainPolicy>()
            from doubtful in new[] { No, Yes }
            from retries in new[] { "left", "used-up" }
            select (outcome, policy, doubtful, retries))
        {
            string[] situation = [outcome.ToString(), policy.ToString(), doubtful, retries];
            var before = Sending(doubtful == Yes, retries == "left" ? 0 : Some.Resend.Retry.Count);

            var after = Apply(before, new DeliveryReply(outcome) { Detail = "A test" }, policy);

            var delivery = after.DeliveryTo(Some.Destination)!;
            string[] found =
            [
                .. situation,
                "|",
                delivery.State.ToString(),
                When(delivery.NextTryAt),
                delivery.Doubtful ? Yes : No,
                DeliveryResults.NeedsPerson(delivery) ? Yes : No,
                delivery.Error?.Code ?? "-",
                string.Join(',', after.Events.Skip(before.Events.Count).Select(e => e.Name)),
            ];
            Assert.Equal([.. situation, .. Table.Row(Rules, situation)[4..]], found);
        }
    }

    [Fact]
    public void Every_delivery_that_is_not_over_has_a_next_try_or_a_hold_or_a_person() =>
        Assert.All(Rules.Skip(1), row =>
            Assert.True(row[5] is "Delivered" or "Duplicate" or "Held" || row[6] != "never" || row[8] == Yes, string.Join(' ', row)));

    [Theory]
    [InlineData(DeliveryOutcome.Transient, 1)]
    [InlineData(DeliveryOutcome.Uncertain, 0)]
    public void What_is_tried_again_is_the_next_attempt(DeliveryOutcome outcome, int tries)
    {
        var delivery = Apply(Sending(doubtful: false, tries: 0), new DeliveryReply(outcome)).DeliveryTo(Some.Destination)!;

        Assert.Equal((3, tries), (delivery.Attempt, delivery.Tries));
    }

    [Theory]
    [InlineData(DeliveryOutcome.Delivered)]
    [InlineData(DeliveryOutcome.Duplicate)]
    [InlineData(DeliveryOutcome.Rejected)]
    [InlineData(DeliveryOutcome.Misconfigured)]
    [InlineData(DeliveryOutcome.Unconfirmed)]
    public void What_is_not_tried_again_stays_at_its_attempt(DeliveryOutcome outcome)
    {
        var delivery = Apply(Sending(doubtful: true, tries: 1), new DeliveryReply(outcome)).DeliveryTo(Some.Destination)!;

        Assert.Equal((2, 1), (delivery.Attempt, delivery.Tries));
    }

    [Fact]
    public void The_events_belong_to_the_attempt_that_was_made()
    {
        var after = Apply(Sending(doubtful: false, tries: 0), new DeliveryReply(DeliveryOutcome.Transient) { Status = 503, Detail = "Offerum answered HTTP 503" });

        Assert.Equal(
            [(EventNames.Sent, 2, "HTTP 503"), (EventNames.Retry, 2, "Offerum answered HTTP 503; next try at 2026-03-02 10:00:20Z")],
            after.Events.Skip(1).Select(e => (e.Name, e.Attempt, e.Detail)));
    }

    [Fact]
    public void The_answer_and_the_order_id_are_kept()
    {
        var delivery = Apply(
            Sending(doubtful: false, tries: 0),
            new DeliveryReply(DeliveryOutcome.Delivered) { Status = 200, Body = """{"status":"ok"}""", OrderId = "1489733122" }).DeliveryTo(Some.Destination)!;

        Assert.Equal((200, """{"status":"ok"}""", "1489733122"), (delivery.ReplyStatus, delivery.ReplyBody, delivery.OrderId));
    }

    [Fact]
    public void An_order_id_once_known_is_not_lost_by_an_answer_without_one()
    {
        var before = Sending(doubtful: true, tries: 0);
        before = before.With(before.DeliveryTo(Some.Destination)! with { OrderId = "1489733122" });

        Assert.Equal("1489733122", Apply(before, new DeliveryReply(DeliveryOutcome.Duplicate)).DeliveryTo(Some.Destination)!.OrderId);
    }

    [Fact]
    public void Retry_After_is_honoured()
    {
        var reply = new DeliveryReply(DeliveryOutcome.Transient) { RetryAfter = TimeSpan.FromMinutes(7) };

        Assert.Equal(Some.Now.AddMinutes(7), Apply(Sending(doubtful: false, tries: 0), reply).NextTryAt);
    }

    [Fact]
    public void Other_deliveries_stay_as_they_are()
    {
        var other = Some.Delivery(OperationState.Waiting, Some.Other) with { NextTryAt = Some.Now };

        var after = Apply(Sending(doubtful: false, tries: 0).With(other), new DeliveryReply(DeliveryOutcome.Delivered));

        Assert.Equal(other, after.DeliveryTo(Some.Other));
        Assert.Equal(OperationState.Waiting, after.State);
    }

    [Theory]
    [InlineData(OperationState.Failed, true)]
    [InlineData(OperationState.Rejected, true)]
    [InlineData(OperationState.Unconfirmed, true)]
    [InlineData(OperationState.Uncertain, true)]
    [InlineData(OperationState.Held, false)]
    [InlineData(OperationState.Sending, false)]
    [InlineData(OperationState.Waiting, false)]
    [InlineData(OperationState.Enriched, false)]
    [InlineData(OperationState.Duplicate, false)]
    [InlineData(OperationState.Delivered, false)]
    [InlineData(OperationState.Skipped, false)]
    [InlineData(OperationState.Discarded, false)]
    public void A_person_is_needed_where_no_message_will_move_it(OperationState state, bool expected) =>
        Assert.Equal(expected, DeliveryResults.NeedsPerson(Some.Delivery(state)));

    [Fact]
    public void An_uncertain_order_that_is_sent_once_more_needs_nobody() =>
        Assert.False(DeliveryResults.NeedsPerson(Some.Delivery(OperationState.Uncertain) with { NextTryAt = Some.Now }));

    private static Operation Sending(bool doubtful, int tries) =>
        Some.Operation(Some.Delivery(OperationState.Sending) with { Doubtful = doubtful, Tries = tries, Sends = 1, NextTryAt = Some.Now.AddMinutes(1) });

    private static Operation Apply(Operation operation, DeliveryReply reply, UncertainPolicy policy = UncertainPolicy.Resend) =>
        DeliveryResults.Apply(operation, Some.Destination, Some.Resend with { Uncertain = policy }, reply, Some.Now, random: 0);

    private static string When(DateTimeOffset? nextTry) =>
        nextTry is null ? "never"
        : nextTry == Some.Now + Some.Resend.Retry[0] ? "delay"
        : nextTry == Some.Now + DeliveryResults.BeforeResend ? "soon"
        : nextTry.Value.ToString("O");
}
