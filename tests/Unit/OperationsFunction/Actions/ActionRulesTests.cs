using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

/// <summary>The table "Allowed" of the HTTP surface, and what each action leaves behind.</summary>
public sealed class ActionRulesTests
{
    private static readonly string[] Destinations = [Some.Destination];

    private static readonly IReadOnlyList<string[]> Allowed = Table.Rows(
        """
        state        replay-enrich  replay-send  edit  resolve-delivered  discard
        -------------------------------------------------------------------------
        Failed       yes            yes          yes   yes                yes
        Rejected     yes            yes          yes   yes                yes
        Uncertain    -              yes          yes   yes                yes
        Unconfirmed  -              yes          yes   yes                yes
        Held         yes            yes          yes   yes                yes
        Sending      -              -            -     -                  -
        Waiting      yes            -            -     yes                yes
        Enriched     -              -            -     -                  -
        Duplicate    -              -            -     -                  -
        Delivered    -              -            -     -                  -
        Skipped      yes            -            -     -                  -
        Discarded    yes            -            -     -                  -
        """);

    private static readonly (string Name, OperatorAction Action)[] Actions =
    [
        ("replay-enrich", new OperatorAction.ReplayEnrich("Olga")),
        ("replay-send", new OperatorAction.ReplaySend("Olga")),
        ("edit", new OperatorAction.Edit(Some.Fields(("client_name", "Мария")), "Olga")),
        ("resolve-delivered", new OperatorAction.ResolveDelivered("1489733122", "seen in the cabinet", "Olga")),
        ("discard", new OperatorAction.Discard("a test", "Olga")),
    ];

    [Fact]
    public void Each_state_allows_what_the_table_says()
    {
        foreach (var state in Enum.GetValues<OperationState>())
        {
            var expected = string.Join(' ', Table.Row(Allowed, state.ToString()));
            foreach (var operation in new[] { Some.Operation(Some.Delivery(state)), Some.Enriching(state) })
            {
                var found = Actions.Select(a => Apply(operation, a.Action).Next is null ? "-" : "yes");

                Assert.Equal(expected, $"{state} {string.Join(' ', found)}");
            }
        }
    }

    [Fact]
    public void A_refusal_names_the_operation_its_state_and_the_states_that_allow_it() =>
        Assert.Equal(
            "main/lead/48213 is Delivered; this is possible from Held, Failed, Rejected, Unconfirmed, Uncertain only.",
            Apply(Some.Operation(Some.Delivery(OperationState.Delivered)), new OperatorAction.ReplaySend(null)).Refusal);

    [Fact]
    public void What_is_sold_in_one_place_is_not_touched_by_what_is_done_for_another()
    {
        foreach (var (sold, open, action) in
            from sold in new[] { OperationState.Delivered, OperationState.Duplicate }
            from open in Enum.GetValues<OperationState>()
            from action in Actions
            select (sold, open, action.Action))
        {
            var delivery = Some.Delivery(sold) with { OrderId = "5", Sends = 1 };
            if (Apply(Some.Operation(delivery, Some.Delivery(open, Some.Other)), action).Next is { } next)
            {
                Assert.Equal(delivery, next.DeliveryTo(Some.Destination));
            }
        }
    }

    [Fact]
    public void To_fetch_again_begins_a_new_run_with_all_its_waits_and_retries()
    {
        var failed = Some.Enriching(OperationState.Failed, attempt: 7) with
        {
            Waits = 4,
            Retries = 3,
            EnrichError = new OperationError(ErrorCodes.NoPhone, "No phone.", Stages.Enrich),
        };

        var next = Apply(failed, new OperatorAction.ReplayEnrich("Olga")).Next!;

        Assert.Equal((Some.NewerRun, 1, OperationState.Waiting), (next.Run, next.Attempt, next.State));
        Assert.Equal((0, 0, null, null), (next.Waits, next.Retries, next.EnrichAt, next.Error));
        Assert.Equal(("replayed", "enrich (by Olga)"), (next.Events[^1].Name, next.Events[^1].Detail));
        Assert.Equal([new Promise(null, Some.Message(Some.NewerRun), null)], Promises.Of(next));
    }

    [Fact]
    public void To_fetch_again_takes_up_what_was_discarded_with_its_doubt_and_is_no_word_on_other_doubts()
    {
        var next = Apply(
            Some.Operation(
                Some.Delivery(OperationState.Discarded) with { Doubtful = true, Sends = 1 },
                Some.Delivery(OperationState.Failed, Some.Other)),
            new OperatorAction.ReplayEnrich(null)).Next!;
        var doubtful = Some.Delivery(OperationState.Uncertain) with { Doubtful = true, Sends = 1 };

        Assert.Equal(Some.Delivery(OperationState.Enriched) with { Doubtful = true, Sends = 1 }, next.DeliveryTo(Some.Destination));
        Assert.Equal(
            doubtful,
            Apply(Some.Operation(doubtful, Some.Delivery(OperationState.Failed, Some.Other)), new OperatorAction.ReplayEnrich(null)).Next!.DeliveryTo(Some.Destination));
    }

    [Fact]
    public void To_send_again_begins_a_new_run_with_all_its_retries()
    {
        var failed = Some.Operation(Some.Delivery(OperationState.Failed) with
        {
            Attempt = 8,
            Tries = 6,
            Sends = 7,
            Error = new OperationError("offerum-unavailable", "HTTP 503.", Some.Destination),
        });

        var next = Apply(failed, new OperatorAction.ReplaySend(null)).Next!;

        Assert.Equal((Some.NewerRun, 1, OperationState.Enriched), (next.Run, next.Attempt, next.State));
        Assert.Equal(
            Some.Delivery(OperationState.Enriched) with { Attempt = 1, Sends = 7 },
            next.DeliveryTo(Some.Destination));
        Assert.Equal([new Promise(Some.Destination, Some.Message(Some.NewerRun), null)], Promises.Of(next));
    }

    [Fact]
    public void A_record_that_failed_before_any_delivery_is_sent_to_every_destination()
    {
        var next = ActionRules.Apply(
            Some.Enriching(OperationState.Failed), new OperatorAction.ReplaySend(null), [Some.Destination, Some.Other], Some.NewerRun, Some.Now).Next!;

        Assert.Equal([Some.Destination, Some.Other], Promises.Of(next).Select(p => p.Destination));
    }

    [Fact]
    public void Nothing_is_sent_without_a_phone()
    {
        var (next, refusal) = Apply(
            Some.Enriching(OperationState.Failed) with { Fields = Some.Fields(("client_name", "Анна")) }, new OperatorAction.ReplaySend(null));

        Assert.Null(next);
        Assert.Equal("main/lead/48213 has no phone to send. Enter one, or fetch the record again.", refusal);
    }

    [Theory]
    [InlineData(OperationState.Uncertain, true)]
    [InlineData(OperationState.Unconfirmed, true)]
    [InlineData(OperationState.Failed, false)]
    [InlineData(OperationState.Rejected, false)]
    [InlineData(OperationState.Held, false)]
    public void An_order_that_may_have_arrived_is_sent_again_in_doubt(OperationState state, bool doubtful)
    {
        var next = Apply(Some.Operation(Some.Delivery(state)), new OperatorAction.ReplaySend(null)).Next!;

        Assert.Equal(doubtful, next.DeliveryTo(Some.Destination)!.Doubtful);
    }

    [Fact]
    public void A_doubt_is_not_forgotten_by_sending_again() =>
        Assert.True(Apply(Some.Operation(Some.Delivery(OperationState.Held) with { Doubtful = true }), new OperatorAction.ReplaySend(null))
            .Next!.DeliveryTo(Some.Destination)!.Doubtful);

    [Fact]
    public void An_order_under_way_elsewhere_is_not_sent_a_second_time()
    {
        var sending = Some.Delivery(OperationState.Sending, Some.Other) with { NextTryAt = Some.Now.AddMinutes(1) };

        var next = ActionRules.Apply(
            Some.Operation(Some.Delivery(OperationState.Failed), sending), new OperatorAction.ReplaySend(null), [Some.Destination, Some.Other], Some.NewerRun, Some.Now).Next!;

        Assert.Equal(sending, next.DeliveryTo(Some.Other));
    }

    [Fact]
    public void An_order_under_way_elsewhere_is_not_resolved_before_its_answer()
    {
        var sending = Some.Delivery(OperationState.Sending, Some.Other) with { NextTryAt = Some.Now.AddMinutes(1) };
        foreach (var action in new OperatorAction[] { new OperatorAction.ResolveDelivered("5", null, null), new OperatorAction.Discard(null, null) })
        {
            Assert.Equal(sending, Apply(Some.Operation(Some.Delivery(OperationState.Held), sending), action).Next!.DeliveryTo(Some.Other));
        }
    }

    [Fact]
    public void An_edit_keeps_the_original_and_hides_it_in_the_story()
    {
        var rejected = Some.Operation(Some.Delivery(OperationState.Rejected)) with
        {
            Fields = Some.Fields(("phone", "+376312345"), ("client_phone", "312-345"), ("client_name", "Анна")),
        };

        var next = Apply(
            rejected,
            new OperatorAction.Edit(Some.Fields(("phone", "+79000000002"), ("client_phone", "8 900 000-00-02"), ("client_name", "Анна"), ("source", "сайт")), "Olga")).Next!;

        Assert.Equal(
            [
                ("client_name", "Анна"), ("client_phone", "8 900 000-00-02"), ("original_client_phone", "312-345"), ("original_phone", "+376312345"),
                ("phone", "+79000000002"), ("source", "сайт"),
            ],
            next.Fields.Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal));
        Assert.Equal(
            ("edited", "phone (was +3*******45), client_phone (was ***), source (by Olga)"),
            (next.Events[^1].Name, next.Events[^1].Detail));
        Assert.Equal(OperationState.Enriched, next.State);
    }

    [Fact]
    public void A_second_edit_keeps_the_first_original()
    {
        var once = Apply(Some.Operation(Some.Delivery(OperationState.Rejected)), new OperatorAction.Edit(Some.Fields(("client_name", "Мария")), null)).Next!;
        var again = Some.Delivery(OperationState.Rejected);

        var twice = Apply(once.With(again), new OperatorAction.Edit(Some.Fields(("client_name", "Вера"), ("original_client_name", "Ева")), null)).Next!;

        Assert.Equal(("Вера", "Анна"), (twice.Fields["client_name"], twice.Fields["original_client_name"]));
    }

    [Fact]
    public void An_edit_to_nothing_empties_the_field_and_keeps_the_original()
    {
        var next = Apply(
            Some.Operation(Some.Delivery(OperationState.Rejected)),
            new OperatorAction.Edit(new RecordFields(new Dictionary<string, string> { ["client_name"] = "" }), null)).Next!;

        Assert.Equal((null, "Анна"), (next.Fields["client_name"], next.Fields["original_client_name"]));
    }

    [Fact]
    public void An_order_seen_in_the_cabinet_is_delivered_with_its_id()
    {
        var uncertain = Some.Operation(Some.Delivery(OperationState.Uncertain) with
        {
            Doubtful = true,
            NextTryAt = Some.Now,
            Error = new OperationError(ErrorCodes.Uncertain, "No answer.", Some.Destination),
        });

        var next = Apply(uncertain, new OperatorAction.ResolveDelivered("1489733122", "seen", "Olga")).Next!;

        Assert.Equal((OperationState.Delivered, Some.Run), (next.State, next.Run));
        Assert.Equal(Some.Delivery(OperationState.Delivered) with { OrderId = "1489733122" }, next.DeliveryTo(Some.Destination));
        Assert.Equal(("resolved", "delivered: seen (by Olga)"), (next.Events[^1].Name, next.Events[^1].Detail));
        Assert.Empty(Promises.Of(next));
    }

    [Theory]
    [InlineData(OperationState.Failed)]
    [InlineData(OperationState.Waiting)]
    [InlineData(OperationState.Held)]
    public void An_order_entered_by_hand_can_be_found_by_its_id(OperationState enrichment)
    {
        var next = Apply(
            Some.Enriching(enrichment) with { EnrichAt = Some.Now, EnrichError = new OperationError(ErrorCodes.BadPhone, "No phone.", Stages.Enrich) },
            new OperatorAction.ResolveDelivered("1489733122", null, null)).Next!;

        Assert.Equal((OperationState.Delivered, null, null), (next.State, next.NextTryAt, next.Error));
        Assert.Contains(JournalKeys.Word("1489733122", 48213), IndexRows.Keys(next, null));
    }

    [Fact]
    public void What_is_discarded_promises_nothing()
    {
        foreach (var operation in new[] { Some.Operation(Some.Delivery(OperationState.Waiting) with { NextTryAt = Some.Now }), Some.Enriching(OperationState.Waiting) })
        {
            var next = Apply(operation, new OperatorAction.Discard(null, null)).Next!;

            Assert.Equal((OperationState.Discarded, null), (next.State, next.NextTryAt));
            Assert.Empty(Promises.Of(next));
            Assert.Equal("discarded", next.Events[^1].Detail);
        }
    }

    [Theory]
    [InlineData(OperationState.Uncertain, true)]
    [InlineData(OperationState.Unconfirmed, true)]
    [InlineData(OperationState.Rejected, false)]
    public void A_discarded_order_that_may_have_arrived_stays_in_doubt(OperationState state, bool doubtful) =>
        Assert.Equal(
            doubtful,
            Apply(Some.Operation(Some.Delivery(state)), new OperatorAction.Discard(null, null)).Next!.DeliveryTo(Some.Destination)!.Doubtful);

    private static (Operation? Next, string? Refusal) Apply(Operation operation, OperatorAction action) =>
        ActionRules.Apply(operation, action, Destinations, Some.NewerRun, Some.Now);
}
