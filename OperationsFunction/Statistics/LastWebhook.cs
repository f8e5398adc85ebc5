using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>
/// When U-ON last called about a new record: row <c>w|last</c>. Records found by the reconcile timer do not count, or nobody would see
/// that the webhook is gone.
/// </summary>
internal static class LastWebhook
{
    public const string Key = "w|last";

    public static DateTimeOffset? Of(IEnumerable<TableEntity> markers) =>
        markers.Where(m => m.GetBoolean(Marker.Webhook) == true).Max(m => m.GetDateTimeOffset(Marker.At));

    public static TableEntity Row(string partition, DateTimeOffset at) => new(partition, Key) { [Marker.At] = at };

    public static DateTimeOffset? Read(TableEntity row) => row.GetDateTimeOffset(Marker.At);
}
