using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Resumes deliveries that wait without a message: held or skipped ones. Pure.</summary>
public static class Reopening
{
    /// <param name="operation">As stored in the journal.</param>
    /// <param name="deliveries">The deliveries to resume.</param>
    /// <param name="run">A fresh run.</param>
    public static Operation Reopen(this Operation operation, IReadOnlyList<Delivery> deliveries, string run)
    {
        // Messages in flight name the current run, so only an idle operation may get a new run.
        if (Outbox.Of(operation).Any())
        {
            run = operation.Run;
        }

        var newRun = run != operation.Run;
        operation = operation with { Attempt = newRun ? 1 : operation.Attempt, Run = run };
        foreach (var delivery in deliveries)
        {
            // The same run needs a higher attempt: a message of the former attempt may still be in the queue.
            operation = operation.With(delivery with
            {
                State = DeliveryState.Enriched,
                Attempt = newRun ? 1 : delivery.Attempt + 1,
                NextTryAt = null,
                Error = null,
            });
        }

        return operation;
    }
}
