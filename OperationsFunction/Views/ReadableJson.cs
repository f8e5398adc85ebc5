using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace UonOfferum.OperationsFunction.Views;

/// <summary>JSON of the operators' API. Cyrillic is not escaped, because operators also read it with curl.</summary>
internal static class ReadableJson
{
    public static JsonSerializerOptions Options(JsonSerializerContext context) => new(context.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };
}
