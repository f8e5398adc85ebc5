using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Operations;

/// <summary>The delivery that reports outcomes: opened again by each, and never part of what the operation shows.</summary>
public sealed class ReportsTests
{
    private const string Name = "uon-write";

    private static readonly OutcomeReport Delivered = new(Outcomes.Delivered, Some.Now);
    private static readonly OutcomeReport Approved = new(Outcomes.Approved, Some.Now);

    private static readonly DeliveryPolicy Policy = new(TimeSpan.FromSeconds(1), [TimeSpan.FromSeconds(1)], UncertainPolicy.Hold) { IsIdempotent = true };

    [Theory]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Held)]
    [InlineData(DeliveryState.Waiting)]
    [InlineData(DeliveryState.Rejected)]
    public void Its_failure_is_not_the_operations(DeliveryState state)
    {
        var operation = Reporting(state);

        Assert.Equal(OperationState.Delivered, operation.State);
        Assert.Null(operation.Error);
        Assert.Null(operation.NextTryAt);
        Assert.Contains(operation.Standings, standing => standing.Destination == Name && standing.State == state.Shown());
    }

    [Theory]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Rejected)]
    [InlineData(DeliveryState.Discarded)]
    public void A_new_outcome_opens_what_was_at_rest_with_a_higher_attempt(DeliveryState state)
    {
        var before = Reporting(state);
        var opened = Reports.Open(before, Name, Approved).DeliveryTo(Name)!;

        Assert.Equal((DeliveryState.Enriched, before.DeliveryTo(Name)!.Attempt + 1), (opened.State, opened.Attempt));
        Assert.Equal([Delivered, Approved], opened.Reports!);
        Assert.NotNull(Outbox.OfReports(Reports.Open(before, Name, Approved)).SingleOrDefault());
    }

    [Theory]
    [InlineData(DeliveryState.Sending)]
    [InlineData(DeliveryState.Waiting)]
    [InlineData(DeliveryState.Held)]
    public void What_is_on_its_way_takes_a_new_outcome_along(DeliveryState state)
    {
        var before = Reporting(state);
        var after = Reports.Open(before, Name, Approved);

        Assert.Equal((state, before.DeliveryTo(Name)!.Attempt), (after.DeliveryTo(Name)!.State, after.DeliveryTo(Name)!.Attempt));
        Assert.Equal([Delivered, Approved], after.DeliveryTo(Name)!.Reports!);
        Assert.Empty(Outbox.OfReports(after));
    }

    [Fact]
    public void An_outcome_that_came_while_the_first_was_told_goes_next()
    {
        var inFlight = Reports.Open(Reporting(DeliveryState.Sending), Name, Approved);

        var told = Apply(inFlight, new DeliveryReply(DeliveryOutcome.Delivered) { Reported = [Delivered] }).DeliveryTo(Name)!;
        var all = Apply(inFlight, new DeliveryReply(DeliveryOutcome.Delivered) { Reported = [Delivered, Approved] }).DeliveryTo(Name)!;

        Assert.Equal(DeliveryState.Enriched, told.State);
        Assert.Equal([Approved], told.Reports!);
        Assert.Equal(ClaimResult.Delivered, told.State.AsClaimResult());
        Assert.Equal(DeliveryState.Delivered, all.State);
        Assert.Empty(all.Reports!);
    }

    [Fact]
    public void The_same_outcome_again_is_told_with_its_latest_values()
    {
        var once = Reports.Open(Reporting(DeliveryState.Waiting), Name, Approved with { Payout = "900" });

        Assert.Equal(["", "950"], Reports.Open(once, Name, Approved with { Payout = "950" }).DeliveryTo(Name)!.Reports!.Select(report => report.Payout ?? ""));
    }

    [Fact]
    public void It_is_never_in_doubt()
    {
        var lost = Apply(Reporting(DeliveryState.Sending), new DeliveryReply(DeliveryOutcome.Uncertain) { Detail = "no answer" }).DeliveryTo(Name)!;
        var last = Apply(Reporting(DeliveryState.Sending).With(lost with { State = DeliveryState.Sending }), new DeliveryReply(DeliveryOutcome.Uncertain) { Detail = "no answer" }).DeliveryTo(Name)!;

        Assert.Equal((DeliveryState.Waiting, false), (lost.State, lost.MayHaveArrived));
        Assert.Equal((DeliveryState.Failed, "uon-write-unavailable"), (last.State, last.Error!.Code));
    }

    private static Operation Apply(Operation operation, DeliveryReply reply) => DeliveryResults.Apply(operation, Name, Policy, reply, Some.Now, 0);

    private static Operation Reporting(DeliveryState state) =>
        Some.Operation(Some.Delivery(DeliveryState.Delivered, "offerum"))
            .With(Some.Delivery(state, Name) with
            {
                Reports = [Delivered],
                NextTryAt = Some.Now,
                Error = new OperationError("uon-write-unavailable", "U-ON is away.", Name),
            });
}
