namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>Seconds in buckets, which can be summed over hours and still yield the median and the 95th percentile.</summary>
public static class LatencyHistogram
{
    /// <summary>Upper ends of the buckets; one more bucket without an upper bound follows the last.</summary>
    public static readonly IReadOnlyList<double> Bounds =
        [0.5, 1, 1.5, 2, 3, 5, 8, 13, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

    public static int BucketOf(double seconds)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && seconds > Bounds[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    /// <summary>Linear within its bucket; null when nothing was counted.</summary>
    /// <param name="counts">By bucket.</param>
    /// <param name="share">0 to 1.</param>
    public static double? Percentile(IReadOnlyList<long> counts, double share)
    {
        var total = counts.Sum();
        if (total == 0)
        {
            return null;
        }

        var rank = share * total;
        for (var bucket = 0; bucket < counts.Count; bucket++)
        {
            if (counts[bucket] > 0 && rank <= counts[bucket])
            {
                var low = bucket == 0 ? 0 : Bounds[bucket - 1];
                return bucket == Bounds.Count ? low : Math.Round(low + (Bounds[bucket] - low) * rank / counts[bucket], 2);
            }

            rank -= counts[bucket];
        }

        return Bounds[^1];
    }
}
