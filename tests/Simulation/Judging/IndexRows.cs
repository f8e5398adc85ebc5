using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>The index rows and the claims match the operations exactly: none is missing, none is left, and each copy is as new as its operation.</summary>
internal static class IndexRows
{
    /// <summary>By state, arrival, phone, number or order id, and own start of the retention; and the claims of deliveries that were sent.</summary>
    private static readonly string[] Prefixes = ["s|", "t|", "p|", "o|", "x|", "d|"];

    /// <summary>Operations, counters, their events and the last webhook.</summary>
    private static readonly string[] Others = ["r|", "c|", "h|", "w|"];

    /// <summary>Columns that an index row has from its operation.</summary>
    private static readonly string[] Copied = ["State", "Enrichment", "Run", "Fields", "Postback", "FetchFor", "ReceivedAt"];

    public static IEnumerable<string> Wrong(World world, IReadOnlyList<OperationRow> operations)
    {
        var expected = operations.SelectMany(o => Keys(o).Select(key => ($"{o.Row.Partition} {key}", o))).DistinctBy(k => k.Item1, StringComparer.Ordinal)
            .ToDictionary(k => k.Item1, k => k.o, StringComparer.Ordinal);
        foreach (var row in Rows.OfJournal(world).Where(r => r.Partition.Split('|') is [_, "lead" or "request" or "auto"]))
        {
            var prefix = row.Key.Split('|')[0] + "|";
            if (!Prefixes.Contains(prefix, StringComparer.Ordinal))
            {
                if (!Others.Contains(prefix, StringComparer.Ordinal))
                {
                    yield return $"There is a row of no known kind: {row.Partition} {row.Key}.";
                }

                continue;
            }

            if (!expected.Remove($"{row.Partition} {row.Key}", out var operation))
            {
                yield return $"There is an index row that no operation has: {row.Partition} {row.Key}.";
            }
            else if (prefix != "d|" && Array.Find(Copied, c => row.TextOf(c) != operation.Row.TextOf(c)) is { } column)
            {
                yield return $"{row.Partition} {row.Key} says {column} {row.TextOf(column)}, and its operation {operation.Row.TextOf(column)}.";
            }
        }

        foreach (var missing in expected.Keys)
        {
            yield return $"An index row is missing: {missing}.";
        }
    }

    private static IEnumerable<string> Keys(OperationRow operation)
    {
        var id = operation.RecordId.ToString("D18", CultureInfo.InvariantCulture);
        var newestFirst = (DateTimeOffset.MaxValue.UtcTicks - TimeOf(operation.Row, "ReceivedAt")!.Value.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
        yield return $"t|{newestFirst}|{id}";
        foreach (var state in States(operation).Distinct(StringComparer.Ordinal).Where(s => s != "Delivered"))
        {
            yield return $"s|{state}|{newestFirst}|{id}";
        }

        // Untrusted text is never part of a key, and a phone not even as a hash that everybody can compute.
        var words = operation.Deliveries.Select(d => d.OrderId).OfType<string>().Append(operation.RecordId.ToString(CultureInfo.InvariantCulture));
        foreach (var word in words)
        {
            yield return $"o|{Short(SHA256.HashData(Encoding.UTF8.GetBytes(word)))}|{id}";
        }

        if (PhoneOf(operation.Row) is { } phone)
        {
            yield return $"p|{Short(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Scenario.IndexKey), Encoding.UTF8.GetBytes(phone)))}|{id}";
        }

        if (TimeOf(operation.Row, "PersonalSince") is { } since)
        {
            yield return $"x|{since.UtcTicks.ToString("D19", CultureInfo.InvariantCulture)}|{id}";
        }

        foreach (var delivery in operation.Deliveries.Where(d => d.Sends > 0))
        {
            yield return $"d|{operation.Row.Key[2..]}|{delivery.Destination}";
        }
    }

    /// <summary>Each state that any part of the operation is in.</summary>
    private static IEnumerable<string> States(OperationRow operation)
    {
        foreach (var delivery in operation.Deliveries.Where(d => !IsResting(operation, d)))
        {
            yield return delivery.State;
        }

        if (operation.Enrichment != "Enriched" || operation.Deliveries.All(d => d.Destination == WriteBacks.Destination))
        {
            yield return operation.Enrichment;
        }

        // Announced again while U-ON was unavailable: the release finds it among the held ones.
        if (operation.Row.TextOf("Parked") is { Length: > 0 })
        {
            yield return "Held";
        }
    }

    /// <summary>Deliveries that a running enrichment serves have no rows of their own; after the world has settled, none is running.</summary>
    private static bool IsResting(OperationRow operation, DeliveryRow delivery) =>
        operation.IsInProgress && delivery.State is not ("Delivered" or "Duplicate" or "Sending" or "Uncertain" or "Unconfirmed" or "Discarded");

    private static string? PhoneOf(StoredRow row)
    {
        using var fields = JsonDocument.Parse(OperationRow.Cell(row, "Fields") is { Length: > 0 } text ? text : "{}");
        return fields.RootElement.TryGetProperty("phone", out var phone) ? phone.GetString() : null;
    }

    private static DateTimeOffset? TimeOf(StoredRow row, string column) =>
        row.TextOf(column) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..32];
}
