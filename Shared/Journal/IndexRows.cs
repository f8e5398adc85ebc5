using System.Globalization;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Which index rows an operation has. A pure function of the operation, so the rows to write and to delete in a step follow from
/// comparing before and after, and can never drift from the operation's own row.
/// </summary>
internal static class IndexRows
{
    public static HashSet<string> Keys(Operation operation, string? phoneHash)
    {
        var id = operation.Id.RecordId;
        var keys = new HashSet<string>(StringComparer.Ordinal)
        {
            JournalKeys.Time(operation.ReceivedAt, id),
            JournalKeys.Word(id.ToString(CultureInfo.InvariantCulture), id),
        };
        if (operation.State != OperationState.Delivered)
        {
            keys.Add(JournalKeys.State(operation.State, operation.ReceivedAt, id));
        }

        if (phoneHash is not null)
        {
            keys.Add(JournalKeys.Phone(phoneHash, id));
        }

        foreach (var delivery in operation.Deliveries)
        {
            if (delivery.OrderId is { } orderId)
            {
                keys.Add(JournalKeys.Word(orderId, id));
            }
        }

        return keys;
    }
}
