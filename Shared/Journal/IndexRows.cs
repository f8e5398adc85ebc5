using System.Globalization;
using UonOfferum.Shared.Operations;

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
        foreach (var standing in operation.Standings)
        {
            if (standing.State != OperationState.Delivered)
            {
                keys.Add(JournalKeys.State(standing.State, operation.ReceivedAt, id));
            }
        }

        if (phoneHash is not null)
        {
            keys.Add(JournalKeys.Phone(phoneHash, id));
        }

        if (operation.Parked is not null)
        {
            // The operation keeps its state, but the release finds it among the held ones.
            keys.Add(JournalKeys.State(OperationState.Held, operation.ReceivedAt, id));
        }

        if (operation.PersonalSince is { } since)
        {
            keys.Add(JournalKeys.Personal(since, id));
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
