using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// One countable event of one operation, for the charts: <c>h|{hour}|{id}|{event}|{time}</c>, written in the batch of the step
/// itself, so it needs no extra request and exists only if the step does. A timer rolls the events up into hourly counters.
/// </summary>
internal static class MetricEvent
{
    public const string Prefix = "h|";
    public const string Received = "received";
    public const string Postback = "postback";

    /// <summary>Columns.</summary>
    public const string Event = "Event", Hour = "Hour", At = "At", Webhook = "Webhook", Seconds = "Seconds",
        Status = "Status", Payout = "Payout", Currency = "Currency", WasStatus = "WasStatus", WasPayout = "WasPayout", WasCurrency = "WasCurrency";

    /// <summary>States that are final or need an operator; intermediate states do not appear in charts.</summary>
    public static readonly IReadOnlyList<OperationState> States =
    [
        OperationState.Delivered, OperationState.Duplicate, OperationState.Rejected, OperationState.Skipped,
        OperationState.Failed, OperationState.Unconfirmed, OperationState.Uncertain, OperationState.Discarded,
    ];

    public static string HourOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    /// <param name="before">Null when the operation is written for the first time.</param>
    /// <param name="after">The operation as written.</param>
    /// <param name="begins">False when the operation continues from another id, under which it was already counted.</param>
    public static IEnumerable<TableEntity> Of(Operation? before, Operation after, bool begins)
    {
        if (before is null && begins)
        {
            var row = Row(after, after.ReceivedAt, Received);
            row[Webhook] = after.Webhook is { Reconciled: false };
            yield return row;
        }

        if (after.State != before?.State && States.Contains(after.State))
        {
            var row = Row(after, after.UpdatedAt, after.State.ToString());
            if (after.State == OperationState.Delivered && after.Events is [.., { Name: EventNames.Delivered, Detail: not Operations.Postback.Proof }])
            {
                // A manual resolution or a late postback says nothing about the speed of delivery. The postback, too, ends the story with Delivered.
                row[Seconds] = (after.UpdatedAt - after.ReceivedAt).TotalSeconds;
            }

            yield return row;
        }

        if (after.Postback is { } postback && postback != before?.Postback)
        {
            var row = Row(after, postback.At, Postback);
            (row[Status], row[Payout], row[Currency]) = (postback.Status, postback.Payout, postback.Currency);
            (row[WasStatus], row[WasPayout], row[WasCurrency]) = (before?.Postback?.Status, before?.Postback?.Payout, before?.Postback?.Currency);
            yield return row;
        }
    }

    private static TableEntity Row(Operation operation, DateTimeOffset at, string name)
    {
        var (hour, id) = (HourOf(at), JournalKeys.Plain(operation.Id.RecordId));
        var time = operation.UpdatedAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
        return new TableEntity(JournalKeys.Partition(operation.Id), $"{Prefix}{hour}|{id}|{name}|{time}") { [Event] = name, [Hour] = hour, [At] = at };
    }
}
