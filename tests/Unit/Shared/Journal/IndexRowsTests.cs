using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class IndexRowsTests
{
    private const long Id = 48213;

    [Fact]
    public void Every_operation_stands_in_the_time_order() =>
        Assert.All(Enum.GetValues<DeliveryState>(), state =>
            Assert.Contains(JournalKeys.Time(Some.Now.AddMinutes(-10), Id), IndexRows.Keys(Some.Operation(Some.Delivery(state)), null)));

    [Fact]
    public void Every_state_but_Delivered_has_its_row() =>
        Assert.All(Enum.GetValues<DeliveryState>(), state =>
            Assert.Equal(
                state == DeliveryState.Delivered ? [] : [JournalKeys.State(state.Shown(), Some.Now.AddMinutes(-10), Id)],
                IndexRows.Keys(Some.Operation(Some.Delivery(state)), null).Where(k => k.StartsWith("s|", StringComparison.Ordinal))));

    [Fact]
    public void Each_delivery_stands_in_its_own_state_whatever_the_operation_shows() =>
        Assert.Equal(
            ["Held", "Rejected", "Uncertain"],
            States(Some.Operation(
                Some.Delivery(DeliveryState.Rejected), Some.Delivery(DeliveryState.Held, Some.Other), Some.Delivery(DeliveryState.UncertainResending, "third"), Some.Delivery(DeliveryState.Delivered, "fourth"))));

    [Theory]
    [InlineData(EnrichmentState.Skipped, "Held Skipped")]
    [InlineData(EnrichmentState.Failed, "Failed Held")]
    [InlineData(EnrichmentState.Discarded, "Discarded Held")]
    public void The_end_of_the_enrichment_hides_no_delivery(EnrichmentState enrichment, string states) =>
        Assert.Equal(states.Split(' '), States(Some.Operation(Some.Delivery(DeliveryState.Held)) with { Enrichment = enrichment }));

    [Fact]
    public void During_a_fetch_only_deliveries_outside_it_have_their_own_state()
    {
        var operation = Some.Operation(
            Some.Delivery(DeliveryState.Rejected), Some.Delivery(DeliveryState.Held, Some.Other), Some.Delivery(DeliveryState.Uncertain, "third")) with
        { Enrichment = EnrichmentState.Waiting };

        Assert.Equal(["Uncertain", "Waiting"], States(operation));
        Assert.Equal(["Held", "Uncertain", "Waiting"], States(operation with { FetchFor = [Some.Destination] }));
    }

    [Fact]
    public void What_an_earlier_version_indexed_is_among_the_rows_of_today()
    {
        foreach (var (enrichment, first, second) in
            from e in Enum.GetValues<EnrichmentState>()
            from a in Enum.GetValues<DeliveryState>()
            from b in Enum.GetValues<DeliveryState>()
            select (e, a, b))
        {
            var operation = Some.Operation(Some.Delivery(first), Some.Delivery(second, Some.Other)) with { Enrichment = enrichment };
            var shown = enrichment == EnrichmentState.Enriched ? operation.Deliveries.Min(d => d.State.Shown()) : enrichment.Shown();

            Assert.True(shown == OperationState.Delivered || States(operation).Contains(shown.ToString()), $"{enrichment} {first} {second}");
        }
    }

    private static IEnumerable<string> States(Operation operation) =>
        IndexRows.Keys(operation, null).Where(JournalKeys.IsState).Select(k => k.Split('|')[1]).Order(StringComparer.Ordinal);

    [Fact]
    public void A_phone_the_number_and_each_order_id_can_be_searched_for()
    {
        var operation = Some.Operation(
            Some.Delivery(DeliveryState.Delivered) with { OrderId = "1489733122" },
            Some.Delivery(DeliveryState.Delivered, Some.Other) with { OrderId = "abc" });

        var keys = IndexRows.Keys(operation, "0123abcd");

        Assert.Equal(
            new HashSet<string>
            {
                JournalKeys.Time(operation.ReceivedAt, Id),
                JournalKeys.Phone("0123abcd", Id),
                JournalKeys.Word("48213", Id),
                JournalKeys.Word("1489733122", Id),
                JournalKeys.Word("abc", Id),
            },
            keys);
    }

    [Fact]
    public void The_time_row_stays_where_it_is_whatever_happens()
    {
        var before = Some.Operation(Some.Delivery(DeliveryState.Enriched));
        var after = before.With(Some.Delivery(DeliveryState.Delivered)).WithEvent(Some.Now, EventNames.Delivered);

        Assert.Equal([JournalKeys.State(OperationState.Enriched, before.ReceivedAt, Id)], IndexRows.Keys(before, null).Except(IndexRows.Keys(after, null)));
        Assert.Empty(IndexRows.Keys(after, null).Except(IndexRows.Keys(before, null)));
    }
}
