using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>Rules 6 to 9: what each answer makes of a delivery.</summary>
public sealed class DeliveryResultsTests
{
    private const string Yes = "yes";
    private const string No = "no";

    private static readonly IReadOnlyList<string[]> Rules = Table.Rows(
        """
        outcome        policy  arrived?  retries  | state        next-try  arrived?  operatorerror                events
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
        Transient      Resend  yes       left     | UncertainResending  delay     yes       no      offerum-unavailable  retry
        Transient      Hold    yes       left     | Waiting      delay     yes       no      offerum-unavailable  retry
        Transient      any     yes       used-up  | Uncertain    never     yes       yes     uncertain            uncertain
        Uncertain      Resend  no        any      | UncertainResending  soon      yes       no      uncertain            uncertain
        Uncertain      Resend  yes       any      | Uncertain    never     yes       yes     uncertain            uncertain
        Uncertain      Hold    any       any      | Uncertain    never     yes       yes     uncertain            uncertain
        """);

    [Fact]
    public void An_answer_makes_of_a_delivery_what_the_table_says()
    {
        foreach (var (outcome, policy, mayHaveArrived, retries) in
            from outcome in Enum.GetValues<DeliveryOutcome>()
            from policy in Enum.GetValues<UncertainPolicy>()
            from mayHaveArrived in new[] { No, Yes }
            from retries in new[] { "left", "used-up" }
            select (outcome, policy, mayHaveArrived, retries))
        {
            string[] situation = [outcome.ToString(), policy.ToString(), mayHaveArrived, retries];
            var before = Sending(mayHaveArrived == Yes, retries == "left" ? 0 : Some.Resend.Retry.Count);

            var after = Apply(before, new DeliveryReply(outcome) { Detail = "A test" }, policy);

            var delivery = after.DeliveryTo(Some.Destination)!;
            string[] found =
            [
                .. situation,
                "|",
                delivery.State.ToString(),
                When(delivery.NextTryAt),
                delivery.MayHaveArrived ? Yes : No,
                delivery.State.NeedsOperator() ? Yes : No,
                delivery.Error?.Code ?? "-",
                string.Join(',', after.Events.Skip(before.Events.Count).Select(e => e.Name)),
            ];
            Assert.Equal([.. situation, .. Table.Row(Rules, situation)[4..]], found);
        }
    }

    [Fact]
    public void Every_unfinished_delivery_has_a_next_try_a_hold_or_an_operator() =>
        Assert.All(Rules.Skip(1), row =>
            Assert.True(row[5] is "Delivered" or "Duplicate" or "Held" || row[6] != "never" || row[8] == Yes, string.Join(' ', row)));

    [Theory]
    [InlineData(DeliveryOutcome.Transient, 1)]
    [InlineData(DeliveryOutcome.Uncertain, 0)]
    public void What_is_tried_again_is_the_next_attempt(DeliveryOutcome outcome, int tries)
    {
        var delivery = Apply(Sending(mayHaveArrived: false, tries: 0), new DeliveryReply(outcome)).DeliveryTo(Some.Destination)!;

        Assert.Equal((3, tries), (delivery.Attempt, delivery.Tries));
    }

    [Fact]
    public void A_throttling_that_is_no_try_uses_up_no_retry()
    {
        var used = Some.Resend.Retry.Count;

        var delivery = Apply(Sending(mayHaveArrived: false, used), new DeliveryReply(DeliveryOutcome.Transient) { Status = 429, RetryAfter = TimeSpan.FromSeconds(2), CountsAsTry = false })
            .DeliveryTo(Some.Destination)!;

        Assert.Equal((DeliveryState.Waiting, 3, used), (delivery.State, delivery.Attempt, delivery.Tries));
        Assert.InRange(delivery.NextTryAt!.Value - Some.Now, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(DeliveryOutcome.Delivered)]
    [InlineData(DeliveryOutcome.Duplicate)]
    [InlineData(DeliveryOutcome.Rejected)]
    [InlineData(DeliveryOutcome.Misconfigured)]
    [InlineData(DeliveryOutcome.Unconfirmed)]
    public void What_is_not_tried_again_stays_at_its_attempt(DeliveryOutcome outcome)
    {
        var delivery = Apply(Sending(mayHaveArrived: true, tries: 1), new DeliveryReply(outcome)).DeliveryTo(Some.Destination)!;

        Assert.Equal((2, 1), (delivery.Attempt, delivery.Tries));
    }

    [Fact]
    public void The_events_belong_to_the_attempt_that_was_made()
    {
        var after = Apply(Sending(mayHaveArrived: false, tries: 0), new DeliveryReply(DeliveryOutcome.Transient) { Status = 503, Detail = "Offerum answered HTTP 503" });

        Assert.Equal(
            [(EventNames.Sent, 2, "HTTP 503"), (EventNames.Retry, 2, "Offerum answered HTTP 503; next try at 2026-03-02 10:00:20Z")],
            after.Events.Skip(1).Select(e => (e.Name, e.Attempt, e.Detail)));
    }

    [Fact]
    public void The_answer_and_the_order_id_are_kept()
    {
        var delivery = Apply(
            Sending(mayHaveArrived: false, tries: 0),
            new DeliveryReply(DeliveryOutcome.Delivered) { Status = 200, Body = """{"status":"ok"}""", OrderId = "1489733122" }).DeliveryTo(Some.Destination)!;

        Assert.Equal((200, """{"status":"ok"}""", "1489733122"), (delivery.ReplyStatus, delivery.ReplyBody, delivery.OrderId));
    }

    [Fact]
    public void An_order_id_once_known_is_not_lost_by_an_answer_without_one()
    {
        var before = Sending(mayHaveArrived: true, tries: 0);
        before = before.With(before.DeliveryTo(Some.Destination)! with { OrderId = "1489733122" });

        Assert.Equal("1489733122", Apply(before, new DeliveryReply(DeliveryOutcome.Duplicate)).DeliveryTo(Some.Destination)!.OrderId);
    }

    /// <summary>A 5xx or 408 after the body went out.</summary>
    [Theory]
    [InlineData("Hold", "left", DeliveryState.Uncertain, "never", "uncertain", EventNames.Uncertain)]
    [InlineData("Hold", "used-up", DeliveryState.Uncertain, "never", "uncertain", EventNames.Uncertain)]
    [InlineData("Resend", "left", DeliveryState.UncertainResending, "delay", "offerum-unavailable", EventNames.Retry)]
    [InlineData("Resend", "used-up", DeliveryState.Uncertain, "never", "uncertain", EventNames.Uncertain)]
    public void A_failure_that_may_hide_an_order_is_a_doubt(string policy, string retries, DeliveryState state, string next, string code, string eventName)
    {
        var before = Sending(mayHaveArrived: false, retries == "left" ? 0 : Some.Resend.Retry.Count);

        var after = Apply(before, DeliveryReply.Later(504, "Offerum answered HTTP 504", null), Enum.Parse<UncertainPolicy>(policy));

        var delivery = after.DeliveryTo(Some.Destination)!;
        Assert.Equal(
            (state, next, true, code, eventName),
            (delivery.State, When(delivery.NextTryAt), delivery.MayHaveArrived, delivery.Error!.Code, after.Events[^1].Name));
    }

    [Theory]
    [InlineData(DeliveryOutcome.Transient, false, true)]
    [InlineData(DeliveryOutcome.Misconfigured, false, true)]
    [InlineData(DeliveryOutcome.Transient, true, false)]
    [InlineData(DeliveryOutcome.Uncertain, false, false)]
    [InlineData(DeliveryOutcome.Rejected, false, false)]
    [InlineData(DeliveryOutcome.Unconfirmed, false, false)]
    public void What_an_operator_approved_is_one_send_with_its_certain_retries(DeliveryOutcome outcome, bool mayHaveArrived, bool isApproved)
    {
        var approved = Sending(mayHaveArrived: true, tries: 0);
        approved = approved.With(approved.Deliveries[0] with { ResendApproved = true });

        var after = Apply(approved, new DeliveryReply(outcome) { MayHaveArrived = mayHaveArrived }, UncertainPolicy.Hold);

        Assert.Equal(isApproved, after.Deliveries[0].ResendApproved);
    }

    [Fact]
    public void A_Duplicate_after_a_failure_that_may_hide_an_order_is_Delivered()
    {
        var failed = Apply(Sending(mayHaveArrived: false, tries: 0), DeliveryReply.Later(502, "A test", null));

        Assert.Equal(OperationState.Delivered, Apply(failed, new DeliveryReply(DeliveryOutcome.Duplicate)).State);
    }

    [Theory]
    [InlineData(DeliveryOutcome.Uncertain)]
    [InlineData(DeliveryOutcome.Transient)]
    public void A_doubtful_order_is_not_resent_before_the_first_can_be_found(DeliveryOutcome outcome)
    {
        var after = DeliveryResults.Apply(
            Sending(mayHaveArrived: false, tries: 0), Some.Destination, Some.Resend with { SearchAfter = TimeSpan.FromMinutes(1) },
            new DeliveryReply(outcome) { MayHaveArrived = true }, Some.Now, random: 0);

        Assert.Equal(Some.Now.AddMinutes(1), after.NextTryAt);
    }

    [Fact]
    public void The_answer_to_an_order_proved_meanwhile_leaves_it_sold()
    {
        var proved = Some.Operation(Some.Delivery(DeliveryState.Delivered) with { Sends = 1, OrderId = null });

        var after = DeliveryResults.KeepLate(proved, Some.Destination, new DeliveryReply(DeliveryOutcome.Rejected) { Status = 422, Body = "no", OrderId = "5" }, Some.Now);

        var delivery = after.DeliveryTo(Some.Destination)!;
        Assert.Equal((DeliveryState.Delivered, "5", 422, "no"), (delivery.State, delivery.OrderId, delivery.ReplyStatus, delivery.ReplyBody));
    }

    [Fact]
    public void Retry_After_is_honoured()
    {
        var reply = new DeliveryReply(DeliveryOutcome.Transient) { RetryAfter = TimeSpan.FromMinutes(7) };

        Assert.Equal(Some.Now.AddMinutes(7), Apply(Sending(mayHaveArrived: false, tries: 0), reply).NextTryAt);
    }

    [Fact]
    public void Other_deliveries_stay_as_they_are()
    {
        var other = Some.Delivery(DeliveryState.Waiting, Some.Other) with { NextTryAt = Some.Now };

        var after = Apply(Sending(mayHaveArrived: false, tries: 0).With(other), new DeliveryReply(DeliveryOutcome.Delivered));

        Assert.Equal(other, after.DeliveryTo(Some.Other));
        Assert.Equal(OperationState.Waiting, after.State);
    }

    [Theory]
    [InlineData(DeliveryState.Failed, true)]
    [InlineData(DeliveryState.Rejected, true)]
    [InlineData(DeliveryState.Unconfirmed, true)]
    [InlineData(DeliveryState.Uncertain, true)]
    [InlineData(DeliveryState.UncertainResending, false)]
    [InlineData(DeliveryState.Held, false)]
    [InlineData(DeliveryState.Sending, false)]
    [InlineData(DeliveryState.Waiting, false)]
    [InlineData(DeliveryState.Enriched, false)]
    [InlineData(DeliveryState.Duplicate, false)]
    [InlineData(DeliveryState.Delivered, false)]
    [InlineData(DeliveryState.Skipped, false)]
    [InlineData(DeliveryState.Discarded, false)]
    public void An_operator_is_needed_where_no_message_will_change_it(DeliveryState state, bool expected) =>
        Assert.Equal(expected, state.NeedsOperator());

    private static Operation Sending(bool mayHaveArrived, int tries) =>
        Some.Operation(Some.Delivery(DeliveryState.Sending) with { MayHaveArrived = mayHaveArrived, Tries = tries, Sends = 1, NextTryAt = Some.Now.AddMinutes(1) });

    private static Operation Apply(Operation operation, DeliveryReply reply, UncertainPolicy policy = UncertainPolicy.Resend) =>
        DeliveryResults.Apply(operation, Some.Destination, Some.Resend with { Uncertain = policy }, reply, Some.Now, random: 0);

    private static string When(DateTimeOffset? nextTry) =>
        nextTry is null ? "never"
        : nextTry == Some.Now + Some.Resend.Retry[0] ? "delay"
        : nextTry == Some.Now + DeliveryResults.BeforeResend ? "soon"
        : nextTry.Value.ToString("O");
}
