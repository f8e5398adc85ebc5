using System.Text.Json;

namespace UonOfferum.Testing;

/// <summary>Reads an operation as the API tells it.</summary>
public static class OperationJson
{
    public static string? Text(this JsonElement parent, string name) => parent.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static string State(this JsonElement operation) => operation.Text("state")!;

    /// <summary>Null when there is no error.</summary>
    public static string? ErrorCode(this JsonElement operation) =>
        operation.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.Text("code") : null;

    /// <summary>Null when the record has no such field.</summary>
    public static string? Field(this JsonElement operation, string name) =>
        operation.GetProperty("fields").TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>The one delivery there is.</summary>
    public static JsonElement Delivery(this JsonElement operation) => operation.GetProperty("deliveries").EnumerateArray().Single();

    /// <summary>The delivery to this destination.</summary>
    public static JsonElement Delivery(this JsonElement operation, string destination) =>
        operation.GetProperty("deliveries").EnumerateArray().Single(d => d.Text("destination") == destination);

    /// <summary>State of the delivery to this destination; "" before there is one.</summary>
    public static string State(this JsonElement operation, string destination) =>
        operation.GetProperty("deliveries").EnumerateArray().Where(d => d.Text("destination") == destination).Select(d => d.Text("state")).FirstOrDefault() ?? "";

    /// <summary>The names of the story's lines, separated by blanks.</summary>
    public static string Events(this JsonElement operation) =>
        string.Join(' ', operation.GetProperty("events").EnumerateArray().Select(line => line.Text("name")));

    /// <summary>The names of those lines of the story that tell of this destination, separated by blanks.</summary>
    public static string Events(this JsonElement operation, string destination) => string.Join(
        ' ', operation.GetProperty("events").EnumerateArray().Where(line => line.TryGetProperty("destination", out var own) && own.GetString() == destination).Select(line => line.Text("name")));
}
