using System.Globalization;
using System.Text.Json;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>
/// What the hourly counters must say: booked at each accepted write of an operation's row, from the row before and after. The story alone would not do:
/// its middle is folded when it is long, and it does not say what the operation as a whole showed.
/// </summary>
internal sealed class Ledger
{
    private static readonly string[] Counted = ["Delivered", "Duplicate", "Rejected", "Skipped", "Failed", "Unconfirmed", "Uncertain", "Discarded"];
    private static readonly string[] Verdicts = ["approved", "declined", "trash"];

    /// <summary>Upper ends of the latency's buckets, in seconds.</summary>
    private static readonly double[] Buckets =
        [0.5, 1, 1.5, 2, 3, 5, 8, 13, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

    private readonly Dictionary<string, decimal> _sums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _lastWebhooks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _placeholders = new(StringComparer.Ordinal);
    private readonly HashSet<(string Partition, string Key)> _events = [];
    private readonly List<string> _untold = [];

    /// <summary>By partition, hour and what is counted, such as <c>main|lead 2026010112 State Delivered</c>; nothing that sums up to zero.</summary>
    public Dictionary<string, decimal> Sums => _sums.Where(s => s.Value != 0).ToDictionary(StringComparer.Ordinal);

    /// <summary>The last webhook that began an operation, by partition.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastWebhooks => _lastWebhooks;

    /// <summary>Steps whose story does not say them.</summary>
    public IReadOnlyList<string> Untold => _untold;

    /// <param name="before">The row before the write.</param>
    /// <param name="after">And after it.</param>
    /// <param name="by">The number of the invocation that wrote it.</param>
    /// <param name="lastBegun">The number of the invocation that began last.</param>
    public void See(StoredRow? before, StoredRow? after, int by, int lastBegun)
    {
        if ((after ?? before) is { } row && row.Key.StartsWith("h|", StringComparison.Ordinal))
        {
            _ = after is null ? _events.Remove((row.Partition, row.Key)) : _events.Add((row.Partition, row.Key));
        }

        if (after is null || !Rows.IsOperation(after))
        {
            return;
        }

        if (before is null)
        {
            Begin(after, by, lastBegun);
        }

        if (after.TextOf("State") is { } state && state != before?.TextOf("State"))
        {
            Reach(after, state);
        }

        if (after.TextOf("Postback") is { Length: > 0 } postback && postback != before?.TextOf("Postback"))
        {
            var at = VerdictOf(after)!.Value.At;
            Book(VerdictOf(before), after.Partition, at, -1);
            Book(VerdictOf(after), after.Partition, at, 1);
            Expect(after, at, "postback");
        }
    }

    private void Begin(StoredRow row, int by, int lastBegun)
    {
        var received = TimeOf(row, "ReceivedAt");
        // A record that was announced without its kind, and continues under it, is counted where it began. An invocation that was already running then cannot
        // know of the placeholder: when a message is processed twice at once, and U-ON answers the two differently, the app counts the record twice.
        var mark = string.Create(CultureInfo.InvariantCulture, $"{row.Partition.Split('|')[0]} {row.Key} {received.UtcTicks}");
        if (row.Partition.EndsWith("|auto", StringComparison.Ordinal))
        {
            _placeholders[mark] = lastBegun;
        }
        else if (_placeholders.TryGetValue(mark, out var running) && by > running)
        {
            return;
        }

        // A request that arrives late writes a placeholder again that is gone. Until the roll-up its event is the same one.
        var begun = string.Create(CultureInfo.InvariantCulture, $"|{Rows.IdOf(row.Key.Split('|')[1]):D18}|received|{TimeOf(row, "UpdatedAt").UtcTicks:D19}");
        if (_events.Any(e => e.Partition == row.Partition && e.Key.EndsWith(begun, StringComparison.Ordinal)))
        {
            return;
        }

        Book(row.Partition, received, "Received", 1);
        if (OperationRow.Cell(row, "Webhook") is { Length: > 0 } text)
        {
            using var webhook = JsonDocument.Parse(text);
            if (!webhook.RootElement.GetProperty("reconciled").GetBoolean() && received > _lastWebhooks.GetValueOrDefault(row.Partition))
            {
                _lastWebhooks[row.Partition] = received;
            }
        }
    }

    private void Reach(StoredRow row, string state)
    {
        if (!Counted.Contains(state, StringComparer.Ordinal))
        {
            return;
        }

        var at = TimeOf(row, "UpdatedAt");
        Book(row.Partition, at, "States " + state, 1);
        var last = Expect(row, at, name: null);
        // Only an answer ends the delivery: an operator or a postback may report the sale days later.
        if (state == "Delivered" && last is { Name: "delivered", IsProof: false })
        {
            var seconds = (at - TimeOf(row, "ReceivedAt")).TotalSeconds;
            Book(row.Partition, at, string.Create(CultureInfo.InvariantCulture, $"Latency {Buckets.Count(b => b < seconds)}"), 1);
        }
    }

    /// <summary>The story has a line of that moment; returns its last line.</summary>
    private Line? Expect(StoredRow row, DateTimeOffset at, string? name)
    {
        using var story = JsonDocument.Parse(OperationRow.Cell(row, "Events"));
        var lines = story.RootElement.EnumerateArray().Select(Line.Of).ToList();
        if (!lines.Exists(l => l.At == at && (name is null || l.Name == name)))
        {
            _untold.Add($"{row.Partition} {row.Key} became {row.TextOf("State")}{(name is null ? "" : " by a " + name)} at {at:HH:mm:ss.fff}, and its story does not say so.");
        }

        return lines is [] ? null : lines[^1];
    }

    private void Book((string Status, string? Payout, string? Currency, DateTimeOffset)? verdict, string partition, DateTimeOffset at, int sign)
    {
        if (verdict is not var (status, payout, currency, _) || !Verdicts.Contains(status, StringComparer.Ordinal))
        {
            return;
        }

        Book(partition, at, "Postbacks " + status, sign);
        if (decimal.TryParse(payout, NumberStyles.Number, CultureInfo.InvariantCulture, out var sum))
        {
            Book(partition, at, "Payouts " + currency, sign * sum);
        }
    }

    private void Book(string partition, DateTimeOffset at, string what, decimal sum)
    {
        var key = $"{partition} {at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)} {what}";
        _sums[key] = _sums.GetValueOrDefault(key) + sum;
    }

    private static (string Status, string? Payout, string? Currency, DateTimeOffset At)? VerdictOf(StoredRow? row)
    {
        if (row?.TextOf("Postback") is not { Length: > 0 } text)
        {
            return null;
        }

        using var json = JsonDocument.Parse(text);
        var postback = json.RootElement;
        return (postback.GetProperty("status").GetString()!, Text("payout"), Text("currency"), postback.GetProperty("at").GetDateTimeOffset());

        string? Text(string name) => postback.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static DateTimeOffset TimeOf(StoredRow row, string column) => DateTimeOffset.Parse(row.TextOf(column)!, CultureInfo.InvariantCulture);

    /// <param name="Name">The event.</param>
    /// <param name="At">Its time.</param>
    /// <param name="IsProof">A postback proved what it says.</param>
    private sealed record Line(string? Name, DateTimeOffset At, bool IsProof)
    {
        public static Line Of(JsonElement line) => new(
            line.GetProperty("name").GetString(),
            line.GetProperty("at").GetDateTimeOffset(),
            line.TryGetProperty("detail", out var detail) && detail.GetString()!.StartsWith("the postback proves", StringComparison.Ordinal));
    }
}
