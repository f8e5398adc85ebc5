using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>Rule 3 for deliveries: what a message that comes, or comes again, has to do.</summary>
public sealed class DeliveryStepsTests
{
    private const int Current = 4;

    /// <summary>For a message of the current run.</summary>
    private static readonly IReadOnlyList<string[]> Rules = Table.Rows(
        """
        state        attempt  next-try   step
        --------------------------------------------
        Enriched     current  none       Send
        Enriched     current  past       Send
        Enriched     current  in-1s      Send
        Enriched     current  later      Republish
        Enriched     passed   any        Republish
        Waiting      current  none       Send
        Waiting      current  past       Send
        Waiting      current  in-1s      Send
        Waiting      current  later      Republish
        Waiting      passed   any        Republish
        UncertainResending  current  none   Send
        UncertainResending  current  past   Send
        UncertainResending  current  in-1s  Send
        UncertainResending  current  later  Republish
        UncertainResending  passed   any    Republish
        Uncertain    any      any        GiveUp
        Sending      current  any        Inspect
        Sending      passed   any        Republish
        Failed       any      any        GiveUp
        Rejected     any      any        GiveUp
        Unconfirmed  any      any        GiveUp
        Held         any      any        Drop
        Delivered    any      any        Drop
        Duplicate    any      any        Drop
        Skipped      any      any        Drop
        Discarded    any      any        Drop
        """);

    [Fact]
    public void A_message_of_the_run_in_force_does_what_the_table_says()
    {
        foreach (var (state, attempt, due) in Situations())
        {
            var expected = Table.Row(Rules, state.ToString(), attempt, due)[3];

            Assert.Equal((state, attempt, due, expected), (state, attempt, due, Next(state, attempt, due, Some.Run).ToString()));
        }
    }

    [Theory]
    [InlineData(Some.OlderRun)]
    [InlineData(Some.NewerRun)]
    public void A_message_of_another_run_sends_nothing_and_only_notifies_operators(string run) =>
        Assert.All(Situations(), s => Assert.Equal(
            Table.Row(Rules, s.State.ToString(), s.Attempt, s.Due)[3] == "GiveUp" ? DeliveryStep.GiveUp : DeliveryStep.Drop,
            Next(s.State, s.Attempt, s.Due, run)));

    [Fact]
    public void While_the_record_is_read_again_its_deliveries_rest_and_no_longer() =>
        Assert.All(Enum.GetValues<EnrichmentState>(), enrichment =>
        {
            var operation = Some.Operation(Some.Delivery(DeliveryState.Enriched)) with { Enrichment = enrichment };

            Assert.Equal(
                enrichment.IsInProgress() ? DeliveryStep.Drop : DeliveryStep.Send,
                DeliverySteps.Next(operation, Some.Destination, Some.Message(attempt: 2), Some.Now));
        });

    [Fact]
    public void A_destination_the_operation_does_not_go_to_is_sent_nothing() =>
        Assert.Equal(
            DeliveryStep.Drop,
            DeliverySteps.Next(Some.Operation(Some.Delivery(DeliveryState.Enriched)), Some.Other, Some.Message(attempt: 2), Some.Now));

    private static IEnumerable<(DeliveryState State, string Attempt, string Due)> Situations() =>
        from state in Enum.GetValues<DeliveryState>()
        from attempt in new[] { "current", "passed" }
        from due in new[] { "none", "past", "in-1s", "later" }
        select (state, attempt, due);

    private static DeliveryStep Next(DeliveryState state, string attempt, string due, string run)
    {
        var delivery = Some.Delivery(state) with
        {
            Attempt = Current,
            NextTryAt = due switch
            {
                "past" => Some.Now.AddSeconds(-1),
                "in-1s" => Some.Now.AddSeconds(1),
                "later" => Some.Now.AddSeconds(1.1),
                _ => null,
            },
        };
        return DeliverySteps.Next(
            Some.Operation(delivery), Some.Destination, Some.Message(run, attempt == "current" ? Current : Current - 1), Some.Now);
    }
}
