using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>
/// Walks what has grown older than <c>Retention:PersonalData</c> since the last complete walk, and strips it. A walk that is cut short
/// begins again and passes quickly over what is done.
/// </summary>
public sealed partial class PersonalDataStripper(
    AgedOperations aged, JournalStore journal, UnreadableMessages unreadable, QueueDepths queues, PipelineCatalog pipelines, RetentionSettings settings,
    TimeProvider time, ILogger<PersonalDataStripper> logger)
{
    /// <returns>How many operations were stripped.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.PersonalData == TimeSpan.Zero)
        {
            return 0;
        }

        var before = time.GetUtcNow() - settings.PersonalData;
        var budget = new TimeBudget(time);
        var stripped = 0;
        foreach (var queue in queues.All)
        {
            await unreadable.DeleteAsync(queue, before, cancellationToken);
        }

        foreach (var pipeline in pipelines.Names)
        {
            foreach (var kind in OpenOperations.Kinds)
            {
                stripped += await WalkAsync(pipeline, kind, before, budget, cancellationToken);
            }
        }

        if (stripped > 0)
        {
            Log.Stripped(logger, stripped, before);
        }

        return stripped;
    }

    private async Task<int> WalkAsync(string pipeline, RecordKind kind, DateTimeOffset before, TimeBudget budget, CancellationToken cancellationToken)
    {
        var (stripped, complete) = (0, true);
        await foreach (var seen in aged.SinceLastWalkAsync(pipeline, kind, before, cancellationToken))
        {
            if (budget.IsSpent)
            {
                return stripped;
            }

            // The index row has neither the webhook's words nor the reply, but fields wherever there were any.
            var outcome = await StripAsync(seen.Id, cancellationToken);
            complete &= outcome is not null;
            stripped += outcome == true ? 1 : 0;
        }

        if (complete)
        {
            await aged.KeepPlaceAsync(pipeline, kind, before, cancellationToken);
        }

        return stripped;
    }

    /// <returns>Null: still needed, look again at the next walk. False: there was nothing to strip.</returns>
    private async Task<bool?> StripAsync(OperationId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await journal.ReadAsync(id, cancellationToken) is not { } entry || !PersonalData.IsIn(entry.Operation))
            {
                return false;
            }

            if (PersonalData.IsNeeded(entry.Operation))
            {
                return null;
            }

            if (await journal.UpdateAsync(entry, PersonalData.Strip(entry.Operation), claim: null, cancellationToken) is not null)
            {
                return true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Personal data was taken out of {Count} operations from before {Before:u}")]
        public static partial void Stripped(ILogger logger, int count, DateTimeOffset before);
    }
}
