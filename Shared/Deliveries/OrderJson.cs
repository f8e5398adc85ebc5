using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UonOfferum.Shared.Deliveries;

/// <summary>A body of <c>application/json</c>.</summary>
internal static class OrderJson
{
    public const string ContentType = "application/json; charset=utf-8";

    // The body goes to a server and never into a page, so non-ASCII letters are not escaped.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode? json) => json?.ToJsonString(Readable) ?? "{}";

    public static byte[] Encode(JsonNode? json) => Encoding.UTF8.GetBytes(Text(json));
}
