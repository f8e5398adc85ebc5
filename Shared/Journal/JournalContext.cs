using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using UonOfferum.Shared.Messages;

namespace UonOfferum.Shared.Journal;

/// <summary>JSON within the journal's cells. Letters of every script stay themselves: readable in Storage Explorer, and six times shorter.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImmutableList<OperationEvent>))]
[JsonSerializable(typeof(ImmutableList<Delivery>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(WebhookNote))]
[JsonSerializable(typeof(Postback))]
internal sealed partial class JournalContext : JsonSerializerContext;

internal static class JournalJson
{
    public static JournalContext Readable { get; } = new(new JsonSerializerOptions(JournalContext.Default.Options)
    {
        // Never shown as HTML from here: quotes and letters cost one or two characters instead of six.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
