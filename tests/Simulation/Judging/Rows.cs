using System.Globalization;
using System.Text.Json;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>A delivery as its row says it.</summary>
public sealed record DeliveryRow(string Destination, string State, bool HasNextTry, bool MayHaveArrived, int Sends, string? OrderId, string? Error)
{
    /// <summary>It continues automatically, or should.</summary>
    public bool IsOpen => State is "Enriched" or "Waiting" or "Sending" or "Held" || (State == "Uncertain" && HasNextTry);
}

/// <summary>An operation as stored in its row, read without the app's code.</summary>
public sealed class OperationRow(StoredRow row)
{
    public StoredRow Row { get; } = row;

    public long RecordId { get; } = Rows.IdOf(row.Key[2..]);

    /// <summary>Such as <c>main/lead/7</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Row.Partition.Replace('|', '/')}/{RecordId}");

    public string Pipeline => Row.Partition.Split('|')[0];

    public string Enrichment { get; } = row.TextOf("Enrichment") ?? "";

    public IReadOnlyList<DeliveryRow> Deliveries { get; } = ReadDeliveries(row);

    public bool IsInProgress => Enrichment is "Waiting" or "Held";

    public bool IsOpen => IsInProgress || Deliveries.Any(d => d.IsOpen);

    /// <summary>Text of a cell that may continue in further columns.</summary>
    public static string Cell(StoredRow row, string column)
    {
        var text = row.TextOf(column) ?? "";
        for (var part = 1; row.TextOf(column + part.ToString(CultureInfo.InvariantCulture)) is { } more; part++)
        {
            text += more;
        }

        return text;
    }

    private static List<DeliveryRow> ReadDeliveries(StoredRow row)
    {
        var text = Cell(row, "Deliveries");
        if (text.Length == 0)
        {
            return [];
        }

        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(d => new DeliveryRow(
            d.GetProperty("destination").GetString()!,
            d.GetProperty("state").GetString()!,
            d.TryGetProperty("nextTryAt", out _),
            d.TryGetProperty("doubtful", out var mayHaveArrived) && mayHaveArrived.GetBoolean(),
            d.TryGetProperty("sends", out var sends) ? sends.GetInt32() : 0,
            d.TryGetProperty("orderId", out var order) ? order.GetString() : null,
            d.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null))];
    }
}

/// <summary>The rows of the journal by type.</summary>
public static class Rows
{
    private const long MaxId = 999_999_999_999_999_999;

    /// <summary>The number of a record from a key, where larger numbers come first.</summary>
    public static long IdOf(string inverted) => MaxId - long.Parse(inverted, CultureInfo.InvariantCulture);

    public static IEnumerable<StoredRow> OfJournal(World world) => world.Tables.Table("journal")?.Rows ?? [];

    public static IEnumerable<OperationRow> OfOperations(World world) =>
        OfJournal(world).Where(IsOperation).Select(r => new OperationRow(r));

    /// <summary>The table of the pipelines' revisions has such keys, too, in one partition.</summary>
    public static bool IsOperation(StoredRow row) =>
        row.Key.StartsWith("r|", StringComparison.Ordinal) && row.Partition.Split('|') is [_, "lead" or "request" or "auto"];
}
