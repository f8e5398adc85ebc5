using System.Text.Json;
using System.Text.Json.Serialization;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Messaging;

/// <summary>The message's JSON on the wire, and the only place that validates a body.</summary>
public static class StageMessageJson
{
    private const int MaxTraceparent = 100;

    /// <summary>Table storage supports no time before 1601; no webhook is older than this app.</summary>
    private const int FirstYear = 2000;

    public static BinaryData Write(StageMessage message) =>
        new(JsonSerializer.SerializeToUtf8Bytes(message, StageMessageContext.Default.StageMessage));

    /// <summary>Reads a body; null and the reason when it is not a message of ours.</summary>
    public static StageMessage? Read(BinaryData body, out string? problem)
    {
        try
        {
            var message = JsonSerializer.Deserialize(MessageBody.Decode(body).ToMemory().Span, StageMessageContext.Default.StageMessage);
            problem = message is null ? "is JSON null" : Problem(message);
            return problem is null ? message : null;
        }
        catch (JsonException)
        {
            problem = "is not a JSON message of this app";
            return null;
        }
    }

    private static string? Problem(StageMessage message) => message switch
    {
        { V: not StageMessage.CurrentVersion } => $"has version {message.V}; this app reads version {StageMessage.CurrentVersion}",
        { Id: <= 0 or > Operations.OperationId.MaxRecordId } => "has no valid record id",
        { Attempt: <= 0 } => "has no valid attempt",
        { Traceparent.Length: > MaxTraceparent } => "has no valid traceparent",
        { Webhook.ReceivedAt.UtcDateTime.Year: < FirstYear } => "has no valid arrival time",
        _ when !Operations.OperationId.IsPipelineName(message.Pipeline) => "has no valid pipeline name",
        _ when !RunId.IsValid(message.Run) => "has a run that is not a lower-case UUID with dashes",
        _ => null,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(RecordKindConverter)])]
[JsonSerializable(typeof(StageMessage))]
[JsonSerializable(typeof(WebhookMetadata))]
internal sealed partial class StageMessageContext : JsonSerializerContext;

internal sealed class RecordKindConverter : JsonConverter<RecordKind>
{
    public override RecordKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && RecordKindNames.TryParse(reader.GetString(), out var kind)
            ? kind
            : throw new JsonException("Not a record kind.");

    public override void Write(Utf8JsonWriter writer, RecordKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name());
}
