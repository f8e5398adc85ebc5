using System.Text.Json;

namespace UonOfferum.Shared.Text;

/// <summary>For JSON of others, which may have any shape: the part that is not there is undefined, empty or null, and never an exception.</summary>
internal static class JsonParts
{
    public static JsonElement Property(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    public static IEnumerable<JsonElement> Items(this JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>As <see cref="JsonScalar"/> reads it.</summary>
    public static string? Text(this JsonElement of, string name) => JsonScalar.Text(of.Property(name));
}
