using System.Text;
using System.Text.Json;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>One row as its last writer sent it, with its ETag.</summary>
public sealed class StoredRow
{
    private readonly DateTimeOffset _written;

    private StoredRow(string partition, string key, JsonElement json, string text, long version, DateTimeOffset written)
    {
        (Partition, Key, Json, Text, _written) = (partition, key, json, text, written);
        ETag = $"W/\"datetime'{version}'\"";
    }

    public string Partition { get; }

    public string Key { get; }

    /// <summary>The properties with their type annotations, without the service's own.</summary>
    public JsonElement Json { get; }

    public string ETag { get; }

    /// <summary>The size of the row, which counts against the limit of 1 MiB.</summary>
    public int Length => Text.Length;

    /// <summary>The properties as text between braces.</summary>
    public string Text { get; }

    public string? TextOf(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static StoredRow Of(string partition, string key, JsonElement sent, long version, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var property in sent.EnumerateObject())
        {
            if (IsKept(sent, property))
            {
                var raw = property.Value.GetRawText();
                var isWhole = property.Value.ValueKind == JsonValueKind.Number && raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && IsDouble(sent, property.Name);
                text.Append(text.Length > 0 ? "," : "").Append('"').Append(property.Name).Append("\":").Append(raw).Append(isWhole ? ".0" : "");
            }
        }

        return new StoredRow(partition, key, sent, text.ToString(), version, now);
    }

    /// <summary>The service keeps neither its own properties nor nulls.</summary>
    private static bool IsKept(JsonElement sent, JsonProperty property)
    {
        var name = property.Name.Split('@')[0];
        // A number with a point needs no type in an answer, and the client does not expect one.
        return name != "Timestamp" && !(name.Length < property.Name.Length && IsDouble(sent, name)) && !name.StartsWith("odata.", StringComparison.Ordinal)
            && sent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    private static bool IsDouble(JsonElement sent, string name) =>
        sent.TryGetProperty(name + "@odata.type", out var type) && type.ValueEquals("Edm.Double");

    /// <summary>The row in the format of the service's answers.</summary>
    public string Show() => $"{{\"odata.etag\":{JsonSerializer.Serialize(ETag)},\"Timestamp\":\"{_written.UtcDateTime:O}\",\"Timestamp@odata.type\":\"Edm.DateTime\"{(Text.Length > 0 ? "," : "")}{Text}}}";
}
