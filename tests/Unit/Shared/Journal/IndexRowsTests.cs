using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class IndexRowsTests
{
    private const long Id = 48213;

    [Fact]
    public void Every_operation_stands_in_the_time_order() =>
        Assert.All(Enum.GetValues<OperationState>(), state =>
            Assert.Contains(JournalKeys.Time(Some.Now.AddMinutes(-10), Id), IndexRows.Keys(Some.Operation(Some.Delivery(state)), null)));

    [Fact]
    public void Every_state_but_Delivered_has_its_row() =>
        Assert.All(Enum.GetValues<OperationState>(), state =>
            Assert.Equal(
                state == OperationState.Delivered ? [] : [JournalKeys.State(state, Some.Now.AddMinutes(-10), Id)],
                IndexRows.Keys(Some.Operation(Some.Delivery(state)), null).Where(k => k.StartsWith("s|", StringComparison.Ordinal))));

    [Fact]
    public void A_phone_the_number_and_each_order_id_can_be_searched_for()
    {
        var operation = Some.Operation(
            Some.Delivery(OperationState.Delivered) with { OrderId = "1489733122" },
            Some.Delivery(OperationState.Delivered, Some.Other) with { OrderId = "abc" });

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
        var before = Some.Operation(Some.Delivery(OperationState.Enriched));
        var after = before.With(Some.Delivery(OperationState.Delivered)).Tell(Some.Now, EventNames.Delivered);

        Assert.Equal([JournalKeys.State(OperationState.Enriched, before.ReceivedAt, Id)], IndexRows.Keys(before, null).Except(IndexRows.Keys(after, null)));
        Assert.Empty(IndexRows.Keys(after, null).Except(IndexRows.Keys(before, null)));
    }
}
