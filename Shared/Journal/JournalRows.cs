using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Operations and claims as table rows. Plain columns for what a person filters by in Storage Explorer, JSON for what has
/// structure. Index rows carry the same columns but the story, so that a list is read without a second request.
/// </summary>
internal static class JournalRows
{
    public static TableEntity Write(Operation operation, string rowKey, bool whole)
    {
        var json = JournalJson.Readable;
        var row = new TableEntity(JournalKeys.Partition(operation.Id), rowKey)
        {
            ["Pipeline"] = operation.Id.Pipeline,
            ["Kind"] = operation.Id.Kind.Name(),
            ["RecordId"] = operation.Id.RecordId,
            ["State"] = operation.State.ToString(),
            ["Enrichment"] = operation.Enrichment.ToString(),
            ["Run"] = operation.Run,
            ["Attempt"] = operation.Attempt,
            ["Waits"] = operation.Waits,
            ["Retries"] = operation.Retries,
            ["ReceivedAt"] = operation.ReceivedAt,
            ["UpdatedAt"] = operation.UpdatedAt,
            ["NextTryAt"] = operation.NextTryAt,
            ["EnrichAt"] = operation.EnrichAt,
            ["ErrorCode"] = operation.Error?.Code,
            ["EnrichErrorCode"] = operation.EnrichError?.Code,
            ["EnrichErrorMessage"] = operation.EnrichError?.Message,
            ["Postback"] = operation.Postback is { } postback ? Json(postback, json.Postback) : null,
            ["Traceparent"] = operation.Traceparent,
        };
        var deliveries = whole ? operation.Deliveries : operation.Deliveries.ConvertAll(d => d with { ReplyBody = null });
        JournalCells.Put(row, "Fields", Json(operation.Fields.ToDictionary(StringComparer.Ordinal), json.DictionaryStringString));
        JournalCells.Put(row, "Deliveries", Json(deliveries, json.ImmutableListDelivery));
        if (whole)
        {
            JournalCells.Put(row, "Events", Json(operation.Events, json.ImmutableListOperationEvent));
            JournalCells.Put(row, "Webhook", operation.Webhook is { } webhook ? Json(webhook, json.WebhookNote) : null);
        }

        return row;
    }

    public static Operation Read(TableEntity row)
    {
        var json = JournalJson.Readable;
        _ = RecordKindNames.TryParse(row.GetString("Kind"), out var kind);
        return new Operation
        {
            Id = new OperationId(row.GetString("Pipeline"), kind, row.GetInt64("RecordId") ?? 0),
            Run = row.GetString("Run"),
            Attempt = row.GetInt32("Attempt") ?? 1,
            Enrichment = Enum.Parse<OperationState>(row.GetString("Enrichment")),
            Waits = row.GetInt32("Waits") ?? 0,
            Retries = row.GetInt32("Retries") ?? 0,
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt") ?? default,
            UpdatedAt = row.GetDateTimeOffset("UpdatedAt") ?? default,
            EnrichAt = row.GetDateTimeOffset("EnrichAt"),
            EnrichError = row.GetString("EnrichErrorCode") is { } code
                ? new OperationError(code, row.GetString("EnrichErrorMessage") ?? "", Stages.Enrich)
                : null,
            Fields = FromJson(row, "Fields", json.DictionaryStringString) is { } fields ? new RecordFields(fields) : RecordFields.Empty,
            Deliveries = FromJson(row, "Deliveries", json.ImmutableListDelivery) ?? [],
            Postback = FromJson(row, "Postback", json.Postback),
            Events = FromJson(row, "Events", json.ImmutableListOperationEvent) ?? [],
            Webhook = FromJson(row, "Webhook", json.WebhookNote),
            Traceparent = row.GetString("Traceparent"),
        };
    }

    public static TableEntity Write(OperationId id, Claim claim) => new(JournalKeys.Partition(id), JournalKeys.Claim(id.RecordId, claim.Destination))
    {
        ["Destination"] = claim.Destination,
        ["Owner"] = claim.Owner,
        ["LeaseUntil"] = claim.LeaseUntil,
        ["Sends"] = claim.Sends,
        ["Result"] = claim.Result?.ToString(),
        ["OrderId"] = claim.OrderId,
        ["ReplyStatus"] = claim.ReplyStatus,
    };

    public static Claim ReadClaim(TableEntity row) => new()
    {
        Destination = row.GetString("Destination"),
        Owner = row.GetString("Owner"),
        LeaseUntil = row.GetDateTimeOffset("LeaseUntil") ?? default,
        Sends = row.GetInt32("Sends") ?? 0,
        Result = row.GetString("Result") is { } result ? Enum.Parse<OperationState>(result) : null,
        OrderId = row.GetString("OrderId"),
        ReplyStatus = row.GetInt32("ReplyStatus"),
        ETag = row.ETag,
    };

    private static string Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    private static T? FromJson<T>(TableEntity row, string column, JsonTypeInfo<T> type) where T : class =>
        JournalCells.Get(row, column) is { Length: > 0 } text ? JsonSerializer.Deserialize(text, type) : null;
}

/// <summary>Names of the stages in errors; a delivery's stage is its destination's name.</summary>
public static class Stages
{
    public const string Enrich = "enrich";
}
