using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>
/// When U-ON last called about a new record: row <c>w|last</c>. Records found by the reconcile job do not count, because they would hide
/// a missing webhook.
/// </summary>
internal static class LastWebhook
{
    public const string Key = "w|last";

    public static DateTimeOffset? Of(IEnumerable<TableEntity> events) =>
        events.Where(m => m.TryGetValue(MetricEvent.Webhook, out var came) && came is true).Max(m => m.TryGetValue(MetricEvent.At, out var at) ? at as DateTimeOffset? : null);

    public static TableEntity Row(string partition, DateTimeOffset at) => new(partition, Key) { [MetricEvent.At] = at };

    public static DateTimeOffset? Read(TableEntity row) => row.GetDateTimeOffset(MetricEvent.At);
}
