using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

public sealed class LeadDeduplicatorTests
{
    public static TheoryData<DeliveryState> States => [.. Enum.GetValues<DeliveryState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void A_finished_operation_without_a_sale_releases_the_phone_number(DeliveryState state) => Assert.Equal(
        state is not (DeliveryState.Failed or DeliveryState.Rejected or DeliveryState.Skipped or DeliveryState.Discarded),
        LeadDeduplicator.Counts(Some.Operation(Some.Delivery(state)), Some.Destination));

    [Theory]
    [InlineData(DeliveryState.Rejected, true)]
    [InlineData(DeliveryState.Discarded, false)]
    public void A_refusal_after_an_order_that_may_have_arrived_releases_nothing(DeliveryState state, bool counts) => Assert.Equal(
        counts, LeadDeduplicator.Counts(Some.Operation(Some.Delivery(state) with { MayHaveArrived = true }), Some.Destination));

    [Theory]
    [InlineData(DeliveryState.Delivered, true, true)]
    [InlineData(DeliveryState.Sending, true, true)]
    [InlineData(DeliveryState.Uncertain, true, true)]
    [InlineData(DeliveryState.Waiting, true, false)]
    [InlineData(DeliveryState.Enriched, true, false)]
    [InlineData(DeliveryState.Held, true, false)]
    [InlineData(DeliveryState.Rejected, false, false)]
    public void An_order_of_another_journal_comes_first(DeliveryState state, bool beforeTheRow, bool besideTheRow)
    {
        var sent = Some.Operation(Some.Delivery(state) with { Sends = 1 });

        Assert.Equal((beforeTheRow, besideTheRow), (LeadDeduplicator.IsEarlier(sent, Some.Destination, isNew: true), LeadDeduplicator.IsEarlier(sent, Some.Destination, isNew: false)));
        Assert.False(LeadDeduplicator.IsEarlier(Some.Operation(Some.Delivery(state)), Some.Destination, isNew: true));
    }

    [Fact]
    public void So_does_an_operation_that_is_gone() => Assert.False(LeadDeduplicator.Counts(null, Some.Destination));
}
