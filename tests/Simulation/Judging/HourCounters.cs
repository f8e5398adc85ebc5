using System.Globalization;
using System.Text.Json;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>The hourly counters equal the events: none is lost, none is counted twice, and none waits for the roll-up.</summary>
internal static class HourCounters
{
    public static IEnumerable<string> Wrong(World world, Ledger ledger)
    {
        foreach (var untold in ledger.Untold)
        {
            yield return untold;
        }

        foreach (var left in Waiting(world))
        {
            yield return $"The roll-up left an event: {left.Partition} {left.Key}.";
        }

        var (expected, counted) = (ledger.Sums, Rows.OfJournal(world).SelectMany(Counters).Where(c => c.Value != 0).ToDictionary(StringComparer.Ordinal));
        foreach (var key in expected.Keys.Union(counted.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (should, does) = (expected.GetValueOrDefault(key), counted.GetValueOrDefault(key));
            if (should != does)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"The counter {key} says {does}, and the operations say {should}.");
            }
        }

        foreach (var (partition, at) in ledger.LastWebhooks)
        {
            var last = world.Tables.Table("journal")?.Find(partition, "w|last")?.TextOf("At");
            if (last is null || DateTimeOffset.Parse(last, CultureInfo.InvariantCulture) != at)
            {
                yield return $"The last webhook of {partition} came at {at:O}, and its row says {last ?? "never"}.";
            }
        }
    }

    /// <summary>The last round of jobs counted something after its roll-up.</summary>
    public static bool AreBehind(World world) => Waiting(world).Any();

    private static IEnumerable<StoredRow> Waiting(World world) => Rows.OfJournal(world).Where(r => r.Key.StartsWith("h|", StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, decimal>> Counters(StoredRow row)
    {
        if (!row.Key.StartsWith("c|", StringComparison.Ordinal))
        {
            yield break;
        }

        var at = $"{row.Partition} {row.Key[2..]} ";
        var received = row.Json.GetProperty("Received");
        // Storage sends a long as text.
        yield return new(at + "Received", decimal.Parse(received.ValueKind == JsonValueKind.String ? received.GetString()! : received.GetRawText(), CultureInfo.InvariantCulture));
        foreach (var column in new[] { "States", "Latency", "Postbacks", "Payouts" })
        {
            using var json = JsonDocument.Parse(row.TextOf(column) ?? "{}");
            foreach (var count in json.RootElement.EnumerateObject())
            {
                yield return new($"{at}{column} {count.Name}", count.Value.GetDecimal());
            }
        }
    }
}
