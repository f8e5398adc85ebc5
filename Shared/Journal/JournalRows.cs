using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Operations and claims as table rows. Plain columns for values that an operator filters by in Storage Explorer, JSON for structured
/// values. Index rows have the same columns except the story, so that a list needs no second request.
/// </summary>
internal static class JournalRows
{
    /// <summary>Columns of error codes; only state index rows use more than the first.</summary>
    public static readonly IReadOnlyList<string> ErrorColumns = ["ErrorCode", "ErrorCode2", "ErrorCode3", "ErrorCode4", "ErrorCode5", "ErrorCode6"];

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
            [ErrorColumns[0]] = operation.Error?.Code,
            ["FetchFor"] = operation.FetchFor is { } names ? string.Join(',', names) : null,
            ["EnrichErrorCode"] = operation.EnrichError?.Code,
            ["EnrichErrorMessage"] = operation.EnrichError?.Message,
            ["Postback"] = operation.Postback is { } postback ? Json(postback, json.Postback) : null,
            ["Traceparent"] = operation.Traceparent,
            ["Revision"] = operation.Revision,
            ["PersonalSince"] = operation.PersonalSince,
            ["Parked"] = operation.Parked is { } parked ? Json(parked, json.ParkedRun) : null,
        };
        var deliveries = operation.Deliveries.ConvertAll(d => DeliveryStates.ForStorage(whole ? d : d with { ReplyBody = null }));
        JournalCells.Put(row, "Fields", Json(operation.Fields.ToDictionary(StringComparer.Ordinal), json.DictionaryStringString));
        JournalCells.Put(row, "Deliveries", Json(deliveries, json.ImmutableListDelivery));
        if (whole)
        {
            JournalCells.Put(row, "Events", Json(operation.Events, json.ImmutableListOperationEvent));
            JournalCells.Put(row, "Webhook", operation.Webhook is { } webhook ? Json(webhook, json.WebhookMetadata) : null);
        }

        return row;
    }

    /// <summary>
    /// Writes the error codes of the parts in a state to its index row, one column each, so that a list can be filtered by any of them.
    /// </summary>
    public static void PutErrorsOfState(TableEntity row, Operation operation)
    {
        var codes = operation.Standings
            .Where(s => row.RowKey.StartsWith(JournalKeys.State(s.State), StringComparison.Ordinal))
            .Select(s => s.Error?.Code).OfType<string>().Distinct(StringComparer.Ordinal).Take(ErrorColumns.Count).ToList();
        row[ErrorColumns[0]] = null;
        for (var i = 0; i < codes.Count; i++)
        {
            row[ErrorColumns[i]] = codes[i];
        }
    }

    /// <summary>
    /// Operations of rows in a list or a walk. A row of a later version, or one that was edited manually, may be unreadable for this
    /// version: it is skipped, and the walk continues.
    /// </summary>
    public static IEnumerable<Operation> ReadAll(IEnumerable<TableEntity> rows) => rows.Select(TryRead).OfType<Operation>();

    public static Operation? TryRead(TableEntity row)
    {
        try
        {
            return Read(row);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
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
            Enrichment = EnrichmentStates.Read(row.GetString("Enrichment")),
            FetchFor = row.GetString("FetchFor") is { } names ? [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries)] : null,
            Waits = row.GetInt32("Waits") ?? 0,
            Retries = row.GetInt32("Retries") ?? 0,
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt") ?? default,
            UpdatedAt = row.GetDateTimeOffset("UpdatedAt") ?? default,
            EnrichAt = row.GetDateTimeOffset("EnrichAt"),
            EnrichError = row.GetString("EnrichErrorCode") is { } code
                ? new OperationError(code, row.GetString("EnrichErrorMessage") ?? "", Stages.Enrich)
                : null,
            Fields = FromJson(row, "Fields", json.DictionaryStringString) is { } fields ? new RecordFields(fields) : RecordFields.Empty,
            Deliveries = FromJson(row, "Deliveries", json.ImmutableListDelivery)?.ConvertAll(DeliveryStates.FromStorage) ?? [],
            Postback = FromJson(row, "Postback", json.Postback),
            Events = FromJson(row, "Events", json.ImmutableListOperationEvent) ?? [],
            Webhook = FromJson(row, "Webhook", json.WebhookMetadata),
            Traceparent = row.GetString("Traceparent"),
            Revision = row.GetInt32("Revision"),
            PersonalSince = row.GetDateTimeOffset("PersonalSince"),
            Parked = FromJson(row, "Parked", json.ParkedRun),
        };
    }

    public static TableEntity Write(OperationId id, Claim claim) => new(JournalKeys.Partition(id), JournalKeys.Claim(id.RecordId, claim.Destination))
    {
        ["Destination"] = claim.Destination,
        ["Owner"] = claim.Owner,
        ["LeaseUntil"] = claim.LeaseUntil,
        ["LeaseSeconds"] = claim.Lease?.TotalSeconds,
        ["Sends"] = claim.Sends,
        ["Result"] = claim.Result?.ToString(),
        ["LeftNothing"] = claim.LeftNothing ? true : null,
        ["OrderId"] = claim.OrderId,
        ["ReplyStatus"] = claim.ReplyStatus,
    };

    public static Claim ReadClaim(TableEntity row) => new()
    {
        Destination = row.GetString("Destination"),
        Owner = row.GetString("Owner"),
        LeaseUntil = row.GetDateTimeOffset("LeaseUntil") ?? default,
        Lease = row.GetDouble("LeaseSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Sends = row.GetInt32("Sends") ?? 0,
        Result = row.GetString("Result") is { } result ? Enum.Parse<ClaimResult>(result) : null,
        LeftNothing = row.GetBoolean("LeftNothing") ?? false,
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
