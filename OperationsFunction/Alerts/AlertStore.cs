using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The alerts' state as read, with the ETag for its next update; default: it was never written.</summary>
public sealed record StoredAlerts(AlertState State, ETag ETag);

/// <summary>Keeps the alerts' state in the journal table, so that two instances send an alert once.</summary>
public sealed class AlertStore(JournalTable table)
{
    private const string Partition = "alerts|control";
    private const string Row = "told";
    private const string Column = "State";

    /// <summary>Cyrillic letters are not escaped, which would take six times the room of a row.</summary>
    private static readonly AlertContext Readable = new(new JsonSerializerOptions(AlertContext.Default.Options) { Encoder = EventList.Encoder });

    public async Task<StoredAlerts> ReadAsync(CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(Partition, Row, cancellationToken);
        return row is null
            ? new StoredAlerts(new AlertState(), default)
            : new StoredAlerts(JsonSerializer.Deserialize(JournalCells.Get(row, Column) ?? "{}", AlertContext.Default.AlertState)!, row.ETag);
    }

    /// <summary>Null when another instance wrote in between.</summary>
    public async Task<StoredAlerts?> WriteAsync(StoredAlerts current, AlertState next, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, Row);
        JournalCells.Put(row, Column, JsonSerializer.Serialize(next, Readable.AlertState));
        if (current.ETag != default)
        {
            return await table.ReplaceAsync(row, current.ETag, cancellationToken) is { } etag ? new StoredAlerts(next, etag) : null;
        }

        return await table.AddAsync(row, cancellationToken) ? await ReadAsync(cancellationToken) : null;
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(AlertState))]
internal sealed partial class AlertContext : JsonSerializerContext;
