using Azure.Data.Tables;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.OperationsFunction.Statistics;

public sealed class HourCounterTests
{
    private static readonly TableEntity Good = Postback("350,50");

    public static TheoryData<string, object?, string, object?> Bad => new()
    {
        { MetricEvent.Event, 7, MetricEvent.Status, null },
        { MetricEvent.Event, null, MetricEvent.Status, null },
        { MetricEvent.Event, "Delivered", MetricEvent.Seconds, "soon" },
        { MetricEvent.Event, MetricEvent.Postback, MetricEvent.Status, 5L },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_row_that_cannot_be_read_is_not_counted_and_changes_nothing(string name, object? value, string other, object? otherValue)
    {
        var counter = new HourCounter();
        Assert.True(counter.TryAdd(Good));

        Assert.False(counter.TryAdd(new TableEntity("main|lead", "h|2026030210|x") { [name] = value, [other] = otherValue }));
        Assert.True(counter.TryAdd(Good));

        Assert.Equal((2, 701m), (counter.Postbacks["approved"], counter.Payouts["RUB"]));
        Assert.Empty(counter.States);
    }

    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1000000000000")]
    public void A_payout_that_would_overflow_the_sums_is_not_counted(string payout)
    {
        var counter = new HourCounter();

        Assert.False(counter.TryAdd(Postback(payout)));
        Assert.True(counter.TryAdd(Good));

        Assert.Equal(350.50m, Assert.Single(counter.Payouts).Value);
    }

    private static TableEntity Postback(string payout) => new("main|lead", "h|2026030210|1")
    {
        [MetricEvent.Event] = MetricEvent.Postback,
        [MetricEvent.Status] = "approved",
        [MetricEvent.Payout] = payout,
        [MetricEvent.Currency] = "RUB",
    };
}
