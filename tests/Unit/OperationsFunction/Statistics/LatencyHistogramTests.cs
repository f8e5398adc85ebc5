using UonOfferum.OperationsFunction.Statistics;

namespace UonOfferum.Tests.Unit.OperationsFunction.Statistics;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0.51, 1)]
    [InlineData(86_400, 24)]
    [InlineData(1_000_000, 25)]
    public void A_time_falls_into_the_bucket_that_ends_behind_it(double seconds, int bucket) =>
        Assert.Equal(bucket, LatencyHistogram.BucketOf(seconds));

    [Fact]
    public void Without_a_delivery_there_is_no_percentile() =>
        Assert.Null(LatencyHistogram.Percentile(new long[26], 0.5));

    [Fact]
    public void A_percentile_lies_within_its_bucket()
    {
        var counts = new long[26];
        counts[LatencyHistogram.BucketOf(4)] = 90;
        counts[LatencyHistogram.BucketOf(400)] = 10;

        Assert.InRange(LatencyHistogram.Percentile(counts, 0.5)!.Value, 3, 5);
        Assert.InRange(LatencyHistogram.Percentile(counts, 0.95)!.Value, 300, 600);
    }

    [Fact]
    public void What_took_longer_than_any_bucket_is_told_as_the_last_bound()
    {
        var counts = new long[26];
        counts[25] = 1;

        Assert.Equal(86_400, LatencyHistogram.Percentile(counts, 0.5));
    }
}
