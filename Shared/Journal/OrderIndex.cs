using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>Finds an operation by the destination's order id.</summary>
public sealed class OrderIndex(JournalTable table)
{
    /// <summary>One page of storage: one order id never has more operations.</summary>
    private const int MaxOfOne = 1_000;

    /// <summary>The operation whose order has this id at the destination; null when there is none.</summary>
    public async Task<OperationId?> FindAsync(string pipeline, string destination, string orderId, CancellationToken cancellationToken)
    {
        foreach (var kind in JournalKeys.Kinds)
        {
            var prefix = JournalKeys.Word(orderId);
            var rows = await table.RangeAsync(JournalKeys.Partition(pipeline, kind), prefix, prefix + "~", MaxOfOne, null, cancellationToken);
            // A U-ON number or another destination's order id may have the same text, so it may be in the same range.
            if (JournalRows.ReadAll(rows).FirstOrDefault(o => o.DeliveryTo(destination)?.OrderId == orderId) is { } found)
            {
                return found.Id;
            }
        }

        return null;
    }
}
