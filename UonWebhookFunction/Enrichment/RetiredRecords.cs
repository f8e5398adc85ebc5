using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>
/// Handles messages of a pipeline that was removed from the settings: the record is held without a message and fetched when the name is back.
/// </summary>
public sealed class RetiredRecords(PipelineRegistry registry, JournalStore journal, OutboxSender outbox, TimeProvider time)
{
    public async Task HoldAsync(StageMessage message, CancellationToken cancellationToken)
    {
        await registry.RememberAsync(message.Pipeline, cancellationToken);
        while (true)
        {
            var now = time.GetUtcNow();
            var known = await journal.ReadAsync(message.OperationId(), cancellationToken);
            if (known is not null)
            {
                switch (EnrichSteps.Next(known.Operation, message, now))
                {
                    case EnrichStep.Work or EnrichStep.Begin:
                        break;
                    case EnrichStep.Republish:
                        await outbox.SendAsync(Outbox.Of(known.Operation), cancellationToken);
                        return;
                    case EnrichStep.GiveUp:
                        await outbox.SendAsync(Outbox.Of(known.Operation), cancellationToken);
                        await outbox.DeadLetterAsync(QueueNames.UonRecords, message, cancellationToken);
                        return;
                    case EnrichStep.Note when known.Operation.Enrichment.IsInProgress():
                        if (await journal.UpdateAsync(known, EnrichResults.Note(known.Operation, message, now), null, cancellationToken) is not null)
                        {
                            return;
                        }

                        continue;
                    default:
                        // An operator who restores the pipeline can fetch the announced record again.
                        return;
                }
            }

            var hold = new EnrichOutcome.Hold(
                message.Kind, ErrorCodes.Retired, $"Pipeline '{message.Pipeline}' is no longer in the settings. Restore it to fetch this record, or discard the record.");
            var next = EnrichResults.Hold(EnrichResults.Begin(known?.Operation, message, message.OperationId(), now), hold, now);
            if (known is null ? await journal.InsertAsync(next, cancellationToken) is not null : await journal.UpdateAsync(known, next, null, cancellationToken) is not null)
            {
                return;
            }
        }
    }
}
