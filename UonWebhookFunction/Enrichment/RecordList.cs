using System.Globalization;
using System.Text;
using System.Text.Json;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;
using UonOfferum.UonWebhookFunction.Reconcile;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Reads U-ON's lists and evaluates each row as the enrichment would.</summary>
public sealed class RecordList(UonClient uon, TimeProvider time) : IRecordList
{
    public IReadOnlyList<RecordKind> Kinds(Pipeline pipeline) => [.. Reconciler.Kinds(pipeline.Get<UonSettings>())];

    public async Task<RecordPage> FetchAsync(Pipeline pipeline, RecordKind kind, DateOnly from, DateOnly to, int page, CancellationToken cancellationToken) =>
        await uon.GetPageAsync(pipeline.Get<UonSettings>(), kind, from, to, page, cancellationToken) switch
        {
            UonReply.Page found => new RecordPage([.. found.Records.Select(row => Read(pipeline, kind, row)).OfType<ListedRecord>()], null),
            UonReply.NotFound => new RecordPage([], null),
            UonReply.Throttled => new RecordPage([], "U-ON throttles the key at the moment."),
            UonReply.Inactive => new RecordPage([], "The API is not switched on in the U-ON cabinet."),
            UonReply.Failure failure => new RecordPage([], failure.Reason),
            _ => new RecordPage([], "U-ON's answer is not a list."),
        };

    /// <summary>Null when the row has no record id.</summary>
    private ListedRecord? Read(Pipeline pipeline, RecordKind kind, JsonElement row) =>
        long.TryParse(row.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= OperationId.MaxRecordId
            ? new ListedRecord(id, WouldPass(pipeline, kind, row))
            : null;

    private bool WouldPass(Pipeline pipeline, RecordKind kind, JsonElement row)
    {
        // Field paths start at the envelope of a single record.
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes($"{{\"{kind.Name()}\":[{row.GetRawText()}]}}"));
        var fields = pipeline.Fields.Read(document.RootElement);
        var settings = pipeline.Get<UonSettings>();
        var now = time.GetUtcNow();
        return !(UonDates.CreatedAt(fields, settings.TimeZone) < now - settings.MaxAge) && pipeline.Filter.All(rule => rule.Refusal(fields, now) is null);
    }
}
