using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

/// <summary>The table "Allowed" of the HTTP surface, and what each action leaves behind.</summary>
public sealed class ActionRulesTests
{
    private static readonly string[] Destinations = [Some.Destination];

    /// <summary>Where the pipeline goes: the operation's destinations, or the usual one.</summary>
    private static IEnumerable<string> DestinationsOf(Operation operation) =>
        operation.Deliveries.IsEmpty ? Destinations : operation.Deliveries.Select(d => d.Destination);

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

    private static IEnumerable<Operation> Every =>
    [
        .. Enum.GetValues<DeliveryState>().Select(s => Some.Operation(Some.Delivery(s))),
        .. Enum.GetValues<EnrichmentState>().Select(s => Some.Enriching(s)),
    ];

    /// <summary>Reconcile finds the record under its own kind, and would sell it a second time.</summary>
    [Fact]
    public void A_record_of_unknown_kind_is_fetched_again_or_discarded_and_never_sold()
    {
        var operation = Some.Enriching(EnrichmentState.Failed) with { Id = new OperationId("main", RecordKind.Auto, 5) };

        var allowed = Actions.Where(a => Apply(operation, a.Action).Next is not null).Select(a => a.Name);

        Assert.Equal(["replay-enrich", "discard"], allowed);
        Assert.Equal(["replay-enrich", "resolve"], ActionNames.AllowedFor(operation));
        Assert.Contains("main/auto/5", Apply(operation, new OperatorAction.ReplaySend(null)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_state_allows_what_the_table_says()
    {
        foreach (var operation in Every)
        {
            var found = Actions.Select(a => Apply(operation, a.Action).Next is null ? "-" : "yes");

            Assert.Equal(string.Join(' ', Table.Row(Allowed, operation.State.ToString())), $"{operation.State} {string.Join(' ', found)}");
        }
    }

    [Fact]
    public void Each_state_offers_what_it_allows()
    {
        string[] offered = ["replay-enrich", "replay-send", "edit", "resolve", "resolve"];
        foreach (var operation in Every)
        {
            var expected = offered.Where((_, column) => Table.Row(Allowed, operation.State.ToString())[column + 1] == "yes").Distinct();

            Assert.Equal(expected, ActionNames.AllowedFor(operation));
            Assert.All(operation.Deliveries, delivery => Assert.Equal(expected, ActionNames.AllowedFor(operation, delivery)));
        }
    }

    [Fact]
    public void A_delivery_offers_nothing_that_its_own_state_forbids()
    {
        var sold = Some.Delivery(DeliveryState.Delivered);
        var discarded = Some.Delivery(DeliveryState.Discarded, Some.Other);
        var failed = Some.Delivery(DeliveryState.Failed, "third");
        var operation = Some.Operation(sold, discarded, failed);

        Assert.Empty(ActionNames.AllowedFor(operation, sold));
        Assert.Equal(["replay-enrich"], ActionNames.AllowedFor(operation, discarded));
        Assert.Equal(ActionNames.AllowedFor(operation), ActionNames.AllowedFor(operation, failed));
    }

    [Fact]
    public void Sending_again_is_not_offered_without_a_phone()
    {
        var operation = Some.Enriching(EnrichmentState.Failed) with { Fields = Some.Fields(("client_name", "Анна")) };

        Assert.Equal(["replay-enrich", "edit", "resolve"], ActionNames.AllowedFor(operation));
    }

    [Fact]
    public void A_refusal_names_the_operation_its_state_and_the_states_that_allow_it() =>
        Assert.Equal(
            "main/lead/48213 is Delivered; this is possible from Held, Failed, Rejected, Unconfirmed, Uncertain only.",
            Apply(Some.Operation(Some.Delivery(DeliveryState.Delivered)), new OperatorAction.ReplaySend(null)).Refusal);

    [Fact]
    public void What_is_sold_in_one_place_is_not_touched_by_what_is_done_for_another()
    {
        foreach (var (sold, open, action) in
            from sold in new[] { DeliveryState.Delivered, DeliveryState.Duplicate }
            from open in Enum.GetValues<DeliveryState>()
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
        var failed = Some.Enriching(EnrichmentState.Failed, attempt: 7) with
        {
            Waits = 4,
            Retries = 3,
            EnrichError = new OperationError(ErrorCodes.NoPhone, "No phone.", Stages.Enrich),
        };

        var next = Apply(failed, new OperatorAction.ReplayEnrich("Olga")).Next!;

        Assert.Equal((Some.NewerRun, 1, OperationState.Waiting), (next.Run, next.Attempt, next.State));
        Assert.Equal((0, 0, null, null), (next.Waits, next.Retries, next.EnrichAt, next.Error));
        Assert.Equal(("replayed", "enrich (by Olga)"), (next.Events[^1].Name, next.Events[^1].Detail));
        Assert.Equal([new OutboxMessage(null, Some.Message(Some.NewerRun), null)], Outbox.Of(next));
    }

    [Fact]
    public void What_was_discarded_is_fetched_again_if_the_operation_shows_that()
    {
        var next = Apply(Some.Operation(Some.Delivery(DeliveryState.Discarded) with { MayHaveArrived = true, Sends = 1 }), new OperatorAction.ReplayEnrich(null)).Next!;

        Assert.Equal([Some.Destination], next.FetchFor);
        Assert.Equal(Some.Delivery(DeliveryState.Discarded) with { MayHaveArrived = true, Sends = 1 }, next.DeliveryTo(Some.Destination));
    }

    [Fact]
    public void To_fetch_again_is_for_what_the_operation_shows_and_no_other_delivery()
    {
        var operation = Some.Operation(
            Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Held, Some.Other), Some.Delivery(DeliveryState.Discarded, "third"));

        Assert.Equal([Some.Destination], Apply(operation, new OperatorAction.ReplayEnrich(null)).Next!.FetchFor);
        Assert.Equal(["third"], Apply(operation, new OperatorAction.ReplayEnrich(null), ActionTarget.To("third")).Next!.FetchFor);
    }

    [Fact]
    public void To_send_again_begins_a_new_run_with_all_its_retries()
    {
        var failed = Some.Operation(Some.Delivery(DeliveryState.Failed) with
        {
            Attempt = 8,
            Tries = 6,
            Sends = 7,
            Error = new OperationError("offerum-unavailable", "HTTP 503.", Some.Destination),
        });

        var next = Apply(failed, new OperatorAction.ReplaySend(null)).Next!;

        Assert.Equal((Some.NewerRun, 1, OperationState.Enriched), (next.Run, next.Attempt, next.State));
        Assert.Equal(
            Some.Delivery(DeliveryState.Enriched) with { Attempt = 1, Sends = 7 },
            next.DeliveryTo(Some.Destination));
        Assert.Equal([new OutboxMessage(Some.Destination, Some.Message(Some.NewerRun), null)], Outbox.Of(next));
    }

    [Fact]
    public void A_record_that_failed_before_any_delivery_is_sent_to_every_destination()
    {
        var next = ActionRules.Apply(
            Some.Enriching(EnrichmentState.Failed), new OperatorAction.ReplaySend(null), [Some.Destination, Some.Other], Some.NewerRun, Some.Now).Next!;

        Assert.Equal([Some.Destination, Some.Other], Outbox.Of(next).Select(p => p.Destination));
    }

    [Fact]
    public void Nothing_is_sent_without_a_phone()
    {
        var (next, refusal) = Apply(
            Some.Enriching(EnrichmentState.Failed) with { Fields = Some.Fields(("client_name", "Анна")) }, new OperatorAction.ReplaySend(null));

        Assert.Null(next);
        Assert.Equal("main/lead/48213 has no phone to send. Enter one, or fetch the record again.", refusal);
    }

    [Theory]
    [InlineData(DeliveryState.Uncertain, true)]
    [InlineData(DeliveryState.Unconfirmed, true)]
    [InlineData(DeliveryState.Failed, false)]
    [InlineData(DeliveryState.Rejected, false)]
    [InlineData(DeliveryState.Held, false)]
    public void An_order_that_may_have_arrived_is_sent_again_in_doubt(DeliveryState state, bool mayHaveArrived)
    {
        var next = Apply(Some.Operation(Some.Delivery(state)), new OperatorAction.ReplaySend(null)).Next!;

        var delivery = next.DeliveryTo(Some.Destination)!;
        Assert.Equal((mayHaveArrived, mayHaveArrived), (delivery.MayHaveArrived, delivery.ResendApproved));
    }

    [Fact]
    public void A_doubt_is_not_forgotten_by_sending_again() =>
        Assert.True(Apply(Some.Operation(Some.Delivery(DeliveryState.Held) with { MayHaveArrived = true }), new OperatorAction.ReplaySend(null))
            .Next!.DeliveryTo(Some.Destination)!.MayHaveArrived);

    [Fact]
    public void An_order_under_way_elsewhere_is_not_sent_a_second_time()
    {
        var sending = Some.Delivery(DeliveryState.Sending, Some.Other) with { NextTryAt = Some.Now.AddMinutes(1) };

        var next = ActionRules.Apply(
            Some.Operation(Some.Delivery(DeliveryState.Failed), sending), new OperatorAction.ReplaySend(null), [Some.Destination, Some.Other], Some.NewerRun, Some.Now).Next!;

        Assert.Equal(sending, next.DeliveryTo(Some.Other));
    }

    [Fact]
    public void An_order_under_way_elsewhere_is_not_resolved_before_its_answer()
    {
        var sending = Some.Delivery(DeliveryState.Sending, Some.Other) with { NextTryAt = Some.Now.AddMinutes(1) };
        foreach (var action in new OperatorAction[] { new OperatorAction.ResolveDelivered("5", null, null), new OperatorAction.Discard(null, null) })
        {
            Assert.Equal(sending, Apply(Some.Operation(Some.Delivery(DeliveryState.Held), sending), action).Next!.DeliveryTo(Some.Other));
        }
    }

    [Fact]
    public void An_edit_keeps_the_original_and_hides_it_in_the_story()
    {
        var rejected = Some.Operation(Some.Delivery(DeliveryState.Rejected)) with
        {
            Fields = Some.Fields(("phone", "+376312345"), ("client_phone", "312-345"), ("client_name", "Анна")),
        };

        var next = Apply(
            rejected,
            new OperatorAction.Edit(Some.Fields(("phone", "+79000000002"), ("client_phone", "8 900 000-00-02"), ("client_name", "Анна"), ("source", "сайт")), "Olga")).Next!;

        Assert.Equal(
            [
                ("client_name", "Анна"), ("client_phone", "8 900 000-00-02"), ("original_client_phone", "312-345"), ("original_phone", "+376312345"),
                ("original_source", "—"), ("phone", "+79000000002"), ("source", "сайт"),
            ],
            next.Fields.Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal));
        Assert.Equal(
            ("edited", "phone, client_phone, source (by Olga)"),
            (next.Events[^1].Name, next.Events[^1].Detail));
        Assert.Equal(OperationState.Enriched, next.State);
    }

    [Fact]
    public void A_second_edit_keeps_the_first_original()
    {
        var once = Apply(Some.Operation(Some.Delivery(DeliveryState.Rejected)), new OperatorAction.Edit(Some.Fields(("client_name", "Мария")), null)).Next!;
        var again = Some.Delivery(DeliveryState.Rejected);

        var twice = Apply(once.With(again), new OperatorAction.Edit(Some.Fields(("client_name", "Вера"), ("original_client_name", "Ева")), null)).Next!;

        Assert.Equal(("Вера", "Анна"), (twice.Fields["client_name"], twice.Fields["original_client_name"]));
    }

    [Fact]
    public void An_edit_to_nothing_empties_the_field_and_keeps_the_original()
    {
        var next = Apply(
            Some.Operation(Some.Delivery(DeliveryState.Rejected)),
            new OperatorAction.Edit(new RecordFields(new Dictionary<string, string> { ["client_name"] = "" }), null)).Next!;

        Assert.Equal((null, "Анна"), (next.Fields["client_name"], next.Fields["original_client_name"]));
    }

    [Fact]
    public void An_order_seen_in_the_cabinet_is_delivered_with_its_id()
    {
        var uncertain = Some.Operation(Some.Delivery(DeliveryState.Uncertain) with
        {
            MayHaveArrived = true,
            NextTryAt = Some.Now,
            Error = new OperationError(ErrorCodes.Uncertain, "No answer.", Some.Destination),
        });

        var next = Apply(uncertain, new OperatorAction.ResolveDelivered("1489733122", "seen", "Olga")).Next!;

        Assert.Equal((OperationState.Delivered, Some.Run), (next.State, next.Run));
        Assert.Equal(Some.Delivery(DeliveryState.Delivered) with { OrderId = "1489733122" }, next.DeliveryTo(Some.Destination));
        Assert.Equal(("resolved", "delivered: seen (by Olga)"), (next.Events[^1].Name, next.Events[^1].Detail));
        Assert.Empty(Outbox.Of(next));
    }

    [Theory]
    [InlineData(EnrichmentState.Failed)]
    [InlineData(EnrichmentState.Waiting)]
    [InlineData(EnrichmentState.Held)]
    public void An_order_entered_by_hand_can_be_found_by_its_id(EnrichmentState enrichment)
    {
        var next = Apply(
            Some.Enriching(enrichment) with { EnrichAt = Some.Now, EnrichError = new OperationError(ErrorCodes.BadPhone, "No phone.", Stages.Enrich) },
            new OperatorAction.ResolveDelivered("1489733122", null, null)).Next!;

        Assert.Equal((OperationState.Delivered, null, null), (next.State, next.NextTryAt, next.Error));
        Assert.Contains(JournalKeys.Word("1489733122", 48213), IndexRows.Keys(next, null));
    }

    [Fact]
    public void A_discarded_operation_has_no_outbox_message()
    {
        foreach (var operation in new[] { Some.Operation(Some.Delivery(DeliveryState.Waiting) with { NextTryAt = Some.Now }), Some.Enriching(EnrichmentState.Waiting) })
        {
            var next = Apply(operation, new OperatorAction.Discard(null, null)).Next!;

            Assert.Equal((OperationState.Discarded, null), (next.State, next.NextTryAt));
            Assert.Empty(Outbox.Of(next));
            Assert.Equal("discarded", next.Events[^1].Detail);
        }
    }

    [Theory]
    [InlineData(DeliveryState.Uncertain, true)]
    [InlineData(DeliveryState.Unconfirmed, true)]
    [InlineData(DeliveryState.Rejected, false)]
    public void A_discarded_order_that_may_have_arrived_stays_in_doubt(DeliveryState state, bool mayHaveArrived) =>
        Assert.Equal(
            mayHaveArrived,
            Apply(Some.Operation(Some.Delivery(state)), new OperatorAction.Discard(null, null)).Next!.DeliveryTo(Some.Destination)!.MayHaveArrived);

    [Fact]
    public void To_send_again_touches_only_what_the_operation_shows()
    {
        Delivery[] others =
        [
            Some.Delivery(DeliveryState.Held, "held"), Some.Delivery(DeliveryState.Uncertain, "uncertain"), Some.Delivery(DeliveryState.Unconfirmed, "unconfirmed"),
            Some.Delivery(DeliveryState.Discarded, "discarded"), Some.Delivery(DeliveryState.Rejected, "rejected"),
        ];
        var operation = Some.Operation([Some.Delivery(DeliveryState.Failed), .. others]);
        foreach (var (_, action) in Actions)
        {
            var next = Apply(operation, action).Next!;

            Assert.NotEqual(operation.DeliveryTo(Some.Destination), action is OperatorAction.ReplayEnrich ? null : next.DeliveryTo(Some.Destination));
            Assert.All(others, other => Assert.Equal(other, next.DeliveryTo(other.Destination)));
        }
    }

    [Theory]
    [InlineData(DeliveryState.Held)]
    [InlineData(DeliveryState.Uncertain)]
    [InlineData(DeliveryState.UncertainResending)]
    [InlineData(DeliveryState.Unconfirmed)]
    public void Of_several_a_held_or_doubtful_one_is_sent_again_by_name_only(DeliveryState state)
    {
        var operation = Some.Operation(Some.Delivery(state), Some.Delivery(DeliveryState.Delivered, Some.Other));

        var (next, refusal) = Apply(operation, new OperatorAction.ReplaySend(null));

        Assert.Null(next);
        Assert.Contains($"Name one as destination: {Some.Destination}.", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("replay-send", ActionNames.AllowedFor(operation));
        Assert.Contains("replay-send", ActionNames.AllowedFor(operation, operation.Deliveries[0]));
        var named = Apply(operation, new OperatorAction.ReplaySend(null), ActionTarget.To(Some.Destination)).Next!.DeliveryTo(Some.Destination)!;
        Assert.Equal((DeliveryState.Enriched, state != DeliveryState.Held), (named.State, named.MayHaveArrived));
    }

    [Fact]
    public void Another_doubt_of_a_delivery_that_failed_is_not_reopened_unnamed() =>
        Assert.Null(Apply(
            Some.Operation(Some.Delivery(DeliveryState.Rejected) with { MayHaveArrived = true }, Some.Delivery(DeliveryState.Delivered, Some.Other)),
            new OperatorAction.ReplaySend(null)).Next);

    [Fact]
    public void Only_the_named_delivery_is_resolved_and_gets_the_order_id()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Uncertain), Some.Delivery(DeliveryState.Uncertain, Some.Other), Some.Delivery(DeliveryState.Rejected, "third"));

        var next = Apply(operation, new OperatorAction.ResolveDelivered("5", null, null), ActionTarget.To(Some.Other)).Next!;

        Assert.Equal(
            [(DeliveryState.Uncertain, null), (DeliveryState.Delivered, "5"), (DeliveryState.Rejected, null)],
            next.Deliveries.Select(d => (d.State, d.OrderId)));
        Assert.Equal(Some.Other, next.Events[^1].Destination);
    }

    [Fact]
    public void An_order_id_of_several_possible_destinations_is_refused()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Uncertain), Some.Delivery(DeliveryState.Uncertain, Some.Other));

        Assert.Equal(
            $"An order id belongs to one destination. Give its name as destination: {Some.Destination}, {Some.Other}.",
            Apply(operation, new OperatorAction.ResolveDelivered("5", null, null)).Refusal);
        Assert.All(Apply(operation, new OperatorAction.ResolveDelivered(null, null, null)).Next!.Deliveries, d => Assert.Equal(DeliveryState.Delivered, d.State));
    }

    [Fact]
    public void What_is_named_is_refused_by_its_own_state() =>
        Assert.Equal(
            $"main/lead/48213 to {Some.Other} is Delivered; this is possible from Held, Failed, Rejected, Unconfirmed, Uncertain only.",
            Apply(
                Some.Operation(Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Delivered, Some.Other)),
                new OperatorAction.ReplaySend(null),
                ActionTarget.To(Some.Other)).Refusal);

    [Fact]
    public void A_bulk_replay_touches_what_has_the_state_and_the_error_it_asks_for()
    {
        var down = new OperationError("offerum-unavailable", "HTTP 503.", Some.Destination);
        var operation = Some.Operation(
            Some.Delivery(DeliveryState.Failed) with { Error = down },
            Some.Delivery(DeliveryState.Failed, Some.Other) with { Error = down with { Code = "other-network-unavailable" } },
            Some.Delivery(DeliveryState.Rejected, "third"));

        IEnumerable<string> Opened(ActionTarget target) =>
            Apply(operation, new OperatorAction.ReplaySend(null), target).Next!.Deliveries.Where(d => d.State == DeliveryState.Enriched).Select(d => d.Destination);

        Assert.Equal([Some.Destination], Opened(new ActionTarget(null, [OperationState.Failed], "offerum-unavailable")));
        Assert.Equal(["third"], Opened(new ActionTarget(null, [OperationState.Rejected])));
        Assert.Equal([Some.Destination, Some.Other, "third"], Opened(new ActionTarget(null, [OperationState.Failed, OperationState.Rejected])));
    }

    private static (Operation? Next, string? Refusal) Apply(Operation operation, OperatorAction action, ActionTarget? target = null) =>
        ActionRules.Apply(operation, action, DestinationsOf(operation), Some.NewerRun, Some.Now, target);
}
