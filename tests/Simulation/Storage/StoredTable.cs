using System.Runtime.InteropServices;
using System.Text.Json;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>The rows of one table by partition, in the service's key order.</summary>
public sealed class StoredTable
{
    private const int MaxRow = 1024 * 1024;

    private readonly SortedDictionary<string, SortedList<string, StoredRow>> _partitions = new(StringComparer.Ordinal);
    private long _version;

    public IEnumerable<StoredRow> Rows => _partitions.Values.SelectMany(p => p.Values);

    public StoredRow? Find(string partition, string key) =>
        _partitions.TryGetValue(partition, out var rows) && rows.TryGetValue(key, out var row) ? row : null;

    /// <summary>Rows of one or all partitions, from a key on.</summary>
    public IEnumerable<StoredRow> Range(string? partition, string from)
    {
        if (partition is null)
        {
            return Rows;
        }

        return _partitions.TryGetValue(partition, out var rows) ? From(rows, from) : [];
    }

    /// <summary>The error that a change would get; null if it would succeed.</summary>
    public StorageReply? Refusal(RowChange change)
    {
        var row = Find(change.Partition, change.Key);
        if (change.Json is { } json && JsonMarshal.GetRawUtf8Value(json).Length > MaxRow)
        {
            return StorageReply.TableError(400, "EntityTooLarge");
        }

        if (change.Kind == RowChangeKind.Insert)
        {
            return row is null ? null : StorageReply.TableError(409, "EntityAlreadyExists", "The specified entity already exists.");
        }

        if (change.IfMatch is null)
        {
            return null;
        }

        return row is null ? StorageReply.TableError(404, "ResourceNotFound", "The specified resource does not exist.")
            : change.IfMatch == "*" || change.IfMatch == row.ETag ? null
            : StorageReply.TableError(412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
    }

    /// <summary>Changes a row; returns the new row, null if it was deleted.</summary>
    public StoredRow? Apply(RowChange change, DateTimeOffset now)
    {
        if (!_partitions.TryGetValue(change.Partition, out var rows))
        {
            _partitions[change.Partition] = rows = new SortedList<string, StoredRow>(StringComparer.Ordinal);
        }

        if (change.Kind == RowChangeKind.Delete)
        {
            rows.Remove(change.Key);
            return null;
        }

        var json = change.Json!.Value;
        if (change.Kind == RowChangeKind.Merge && rows.TryGetValue(change.Key, out var former))
        {
            json = Merge(former.Json, json);
        }

        var row = StoredRow.Of(change.Partition, change.Key, json, ++_version, now);
        rows[change.Key] = row;
        return row;
    }

    private static IEnumerable<StoredRow> From(SortedList<string, StoredRow> rows, string from)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(rows.Keys[middle], from) < 0 ? (middle + 1, high) : (low, middle);
        }

        for (var i = low; i < rows.Count; i++)
        {
            yield return rows.Values[i];
        }
    }

    private static JsonElement Merge(JsonElement old, JsonElement changes)
    {
        var all = old.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        foreach (var property in changes.EnumerateObject())
        {
            all[property.Name] = property.Value;
        }

        return JsonSerializer.SerializeToElement(all);
    }
}

public enum RowChangeKind
{
    Insert,
    Replace,
    Merge,
    Delete,
}

/// <summary>One change of one row.</summary>
/// <param name="IfMatch">Null: unconditional.</param>
/// <param name="Json">What was sent; null for a deletion.</param>
public sealed record RowChange(RowChangeKind Kind, string Partition, string Key, string? IfMatch, JsonElement? Json);
