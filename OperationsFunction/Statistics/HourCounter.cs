using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>What happened in one partition of the journal within one hour: row <c>c|{hour}</c>.</summary>
internal sealed class HourCounter
{
    public const string Prefix = "c|";

    /// <summary>Sums of smaller payouts never overflow.</summary>
    private const decimal MaxPayout = 1_000_000_000_000;

    private static readonly string[] Verdicts = ["approved", "declined", "trash"];

    public long Received { get; private set; }

    /// <summary>Times a state was reached, by its name.</summary>
    public Dictionary<string, long> States { get; } = new(StringComparer.Ordinal);

    /// <summary>By bucket of <see cref="LatencyHistogram"/>.</summary>
    public long[] Latency { get; } = new long[LatencyHistogram.Bounds.Count + 1];

    /// <summary>By the network's word. A changed verdict is subtracted in the hour of the change.</summary>
    public Dictionary<string, long> Postbacks { get; } = new(StringComparer.Ordinal);

    /// <summary>Sums by currency.</summary>
    public Dictionary<string, decimal> Payouts { get; } = new(StringComparer.Ordinal);

    public static string Key(string hour) => Prefix + hour;

    public static HourCounter Read(TableEntity? row)
    {
        var counter = new HourCounter();
        if (row is null)
        {
            return counter;
        }

        counter.Received = row.GetInt64(nameof(Received)) ?? 0;
        foreach (var (state, count) in Parse(row.GetString(nameof(States))))
        {
            counter.States[state] = count;
        }

        foreach (var (bucket, count) in Parse(row.GetString(nameof(Latency))))
        {
            counter.Latency[int.Parse(bucket, CultureInfo.InvariantCulture)] = count;
        }

        foreach (var (verdict, count) in Parse(row.GetString(nameof(Postbacks))))
        {
            counter.Postbacks[verdict] = count;
        }

        foreach (var (currency, sum) in JsonSerializer.Deserialize(row.GetString(nameof(Payouts)) ?? "{}", StatisticsContext.Default.DictionaryStringDecimal)!)
        {
            counter.Payouts[currency] = sum;
        }

        return counter;
    }

    public TableEntity Row(string partition, string hour) => new(partition, Key(hour))
    {
        [nameof(Received)] = Received,
        [nameof(States)] = Write(States),
        [nameof(Latency)] = Write(Latency.Index().Where(b => b.Item > 0).ToDictionary(b => b.Index.ToString(CultureInfo.InvariantCulture), b => b.Item, StringComparer.Ordinal)),
        [nameof(Postbacks)] = Write(Postbacks),
        [nameof(Payouts)] = JsonSerializer.Serialize(Payouts, StatisticsContext.Default.DictionaryStringDecimal),
    };

    /// <summary>Adds one metric event; false, and nothing is added, when the row cannot be read or its numbers cannot be added.</summary>
    public bool TryAdd(TableEntity metricEvent)
    {
        try
        {
            var one = new HourCounter();
            one.Add(metricEvent);
            Add(one);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or OverflowException or FormatException)
        {
            return false;
        }
    }

    private void Add(TableEntity metricEvent)
    {
        switch (metricEvent.GetString(MetricEvent.Event))
        {
            case MetricEvent.Received:
                Received++;
                break;
            case MetricEvent.Postback:
                AddVerdict(metricEvent.GetString(MetricEvent.WasStatus), metricEvent.GetString(MetricEvent.WasPayout), metricEvent.GetString(MetricEvent.WasCurrency), -1);
                AddVerdict(metricEvent.GetString(MetricEvent.Status), metricEvent.GetString(MetricEvent.Payout), metricEvent.GetString(MetricEvent.Currency), 1);
                break;
            case { } state:
                States[state] = States.GetValueOrDefault(state) + 1;
                if (metricEvent.GetDouble(MetricEvent.Seconds) is { } seconds)
                {
                    Latency[LatencyHistogram.BucketOf(seconds)]++;
                }

                break;
            default:
                throw new InvalidDataException($"The journal's row {metricEvent.RowKey} is not a metric event.");
        }
    }

    /// <summary>Adds another hour.</summary>
    public void Add(HourCounter other)
    {
        // Compute the only sum that can overflow first, before anything is changed.
        var payouts = other.Payouts.Select(p => KeyValuePair.Create(p.Key, Payouts.GetValueOrDefault(p.Key) + p.Value)).ToList();
        Received += other.Received;
        foreach (var (state, count) in other.States)
        {
            States[state] = States.GetValueOrDefault(state) + count;
        }

        for (var bucket = 0; bucket < Latency.Length; bucket++)
        {
            Latency[bucket] += other.Latency[bucket];
        }

        foreach (var (verdict, count) in other.Postbacks)
        {
            Postbacks[verdict] = Postbacks.GetValueOrDefault(verdict) + count;
        }

        foreach (var (currency, sum) in payouts)
        {
            Payouts[currency] = sum;
        }
    }

    private void AddVerdict(string? status, string? payout, string? currency, int sign)
    {
        if (!Verdicts.Contains(status, StringComparer.Ordinal))
        {
            return;
        }

        Postbacks[status!] = Postbacks.GetValueOrDefault(status!) + sign;
        if (decimal.TryParse(payout?.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var sum) && sum != 0)
        {
            if (Math.Abs(sum) >= MaxPayout)
            {
                throw new InvalidDataException("The payout has too many digits.");
            }

            var key = currency ?? "";
            Payouts[key] = Payouts.GetValueOrDefault(key) + sign * sum;
        }
    }

    private static string Write(Dictionary<string, long> counts) => JsonSerializer.Serialize(counts, StatisticsContext.Default.DictionaryStringInt64);

    private static Dictionary<string, long> Parse(string? json) =>
        JsonSerializer.Deserialize(json ?? "{}", StatisticsContext.Default.DictionaryStringInt64)!;
}
