using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>JSON within the journal's cells. Non-ASCII letters are not escaped: readable in Storage Explorer, and up to six times shorter.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImmutableList<OperationEvent>))]
[JsonSerializable(typeof(ImmutableList<Delivery>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(WebhookMetadata))]
[JsonSerializable(typeof(Postback))]
[JsonSerializable(typeof(ParkedRun))]
internal sealed partial class JournalContext : JsonSerializerContext;

internal static class JournalJson
{
    public static JournalContext Readable { get; } = new(new JsonSerializerOptions(JournalContext.Default.Options)
    {
        Encoder = EventList.Encoder,
    });
}
