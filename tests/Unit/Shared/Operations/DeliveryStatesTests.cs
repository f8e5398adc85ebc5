using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Operations;

public sealed class DeliveryStatesTests
{
    [Fact]
    public void Every_state_has_its_rule() => Assert.All(Enum.GetValues<DeliveryState>(), state => Assert.NotNull(state.Rule()));

    [Fact]
    public void Every_delivery_is_sold_or_waiting_or_was_put_aside() =>
        Assert.All(Enum.GetValues<DeliveryState>(), state => Assert.Equal(
            (state, 1),
            (state, new[] { state.IsSold(), state.IsOpen(), state.NeedsOperator(), state is DeliveryState.Skipped or DeliveryState.Discarded }.Count(yes => yes))));

    [Fact]
    public void Nothing_is_allowed_where_the_lead_is_sold() =>
        Assert.All(Enum.GetValues<DeliveryState>().Where(s => s.IsSold()), state => Assert.Equal(OperatorActions.None, state.Rule().Allowed));

    [Theory]
    [InlineData(DeliveryState.UncertainResending)]
    [InlineData(DeliveryState.Uncertain)]
    public void Both_uncertainties_are_stored_as_every_version_reads_them(DeliveryState state)
    {
        var resends = state == DeliveryState.UncertainResending;
        var operation = Some.Operation(Some.Delivery(state) with { NextTryAt = resends ? Some.Now : null });

        var row = JournalRows.Write(operation, "r|1", whole: true);

        Assert.Contains("\"state\":\"Uncertain\"", row.GetString("Deliveries"), StringComparison.Ordinal);
        Assert.Equal(state, JournalRows.Read(row).Deliveries[0].State);
    }

    [Fact]
    public void An_enrichment_that_an_earlier_version_resolved_as_delivered_is_read()
    {
        var row = JournalRows.Write(Some.Operation(Some.Delivery(DeliveryState.Delivered)), "r|1", whole: true);
        row["Enrichment"] = "Delivered";

        Assert.Equal((EnrichmentState.Enriched, OperationState.Delivered), (JournalRows.Read(row).Enrichment, JournalRows.Read(row).State));
    }
}
