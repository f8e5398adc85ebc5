using System.Text.Json;

namespace UonOfferum.Shared.Text;

internal static class JsonScalar
{
    /// <summary>
    /// The text of a string, number or flag; null for null, a list or an object. Flags become "1" and "0", because U-ON writes the
    /// same flag either way and a filter should not depend on it.
    /// </summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => null,
    };
}
