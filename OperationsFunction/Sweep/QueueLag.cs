using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>Which stage queues are behind: their next message has been waiting for long.</summary>
public sealed class QueueLag(StageQueues queues, IEnumerable<IDestination> destinations, TimeProvider time)
{
    public async Task<IReadOnlySet<string>> BehindAsync(TimeSpan by, CancellationToken cancellationToken)
    {
        var behind = new HashSet<string>(StringComparer.Ordinal);
        foreach (var queue in destinations.Select(d => d.Queue).Prepend(QueueNames.UonRecords))
        {
            if (await queues.NextSentAtAsync(queue, cancellationToken) < time.GetUtcNow() - by)
            {
                behind.Add(queue);
            }
        }

        return behind;
    }
}
