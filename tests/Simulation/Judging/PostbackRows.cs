using System.Globalization;
using System.Text.Json;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>A postback that was answered with 200 is in its operation or among the unmatched ones, and no postback is kept more often than it was sent.</summary>
internal static class PostbackRows
{
    public static IEnumerable<string> Wrong(World world, Actors actors, IReadOnlyList<OperationRow> operations)
    {
        var kept = Rows.OfJournal(world).Where(r => r.Partition.EndsWith("|postbacks", StringComparison.Ordinal)).CountBy(NameOf, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var told in actors.Told.GroupBy(t => $"{t.Operation.Split('/')[0]}|postbacks {t.SubId} {t.Status} {t.Order}", StringComparer.Ordinal))
        {
            kept.Remove(told.Key, out var rows);
            var answers = told.Select(t => t.Answer).OfType<string>().ToList();
            var inspected = answers.Count(a => a.Contains("kept for inspection", StringComparison.Ordinal));
            if (rows < inspected || rows > told.Count() - (answers.Count - inspected))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"The postback {told.Key} was sent {told.Count()} times, {inspected} were said to be kept, and {rows} are.");
            }

            foreach (var answer in answers.Where(a => !a.Contains("kept for inspection", StringComparison.Ordinal)))
            {
                using var json = JsonDocument.Parse(answer);
                var named = json.RootElement.TryGetProperty("operation", out var text) && text.GetString() is { } id ? id : told.First().Operation;
                if (named != told.First().Operation || operations.FirstOrDefault(o => o.Id == named)?.Row.TextOf("Postback") is not { Length: > 0 })
                {
                    yield return $"The postback {told.Key} is said to be in {named}, and it is not.";
                }
            }
        }

        foreach (var stranger in kept.Keys)
        {
            yield return $"A postback is kept that nobody sent: {stranger}.";
        }
    }

    private static string NameOf(StoredRow row) => $"{row.Partition} {row.TextOf("SubId")} {row.TextOf("Status")} {row.TextOf("OrderId")}";
}
