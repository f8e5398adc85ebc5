using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>
/// Redacts operations older than <c>Retention:PersonalData</c>, also those of retired pipelines, and removes other rows that may identify a
/// person: refused webhooks, unmatched postbacks, unreadable messages, owners of phones, comparisons of drafts. A walk that runs out of time continues in the next
/// run; an operation whose data is still needed gets a retention start of its own, and the walk continues.
/// </summary>
public sealed partial class PersonalDataRedactor(
    AgedOperations aged, AgedRows rows, JournalStore journal, UnreadableMessages unreadable, QueueDepths queues, PipelineRegistry registry, ComparisonStore comparisons, RetentionSettings settings,
    TimeProvider time, ILogger<PersonalDataRedactor> logger)
{
    /// <summary>Whoever started a comparison looks at it at once.</summary>
    private static readonly TimeSpan ComparisonsKept = TimeSpan.FromDays(1);

    /// <returns>How many operations were redacted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await rows.RemoveOwnersAsync(cancellationToken);
        await comparisons.ForgetBeforeAsync(time.GetUtcNow() - ComparisonsKept, cancellationToken);
        if (settings.PersonalData == TimeSpan.Zero)
        {
            return 0;
        }

        var before = time.GetUtcNow() - settings.PersonalData;
        var redacted = 0;
        foreach (var queue in queues.All)
        {
            await unreadable.DeleteAsync(queue, before, cancellationToken);
        }

        var pipelines = await registry.NamesAsync(cancellationToken);
        foreach (var pipeline in pipelines)
        {
            await rows.RemoveAsync(pipeline, before, cancellationToken);
        }

        var budget = new TimeBudget(time);
        foreach (var walk in await aged.InTurnAsync(pipelines, cancellationToken))
        {
            redacted += await WalkAsync(walk, before, budget, cancellationToken);
            if (budget.IsSpent)
            {
                await aged.KeepTurnAsync(walk, cancellationToken);
                break;
            }
        }

        if (redacted > 0)
        {
            Log.Redacted(logger, redacted, before);
        }

        return redacted;
    }

    private async Task<int> WalkAsync(AgedWalk walk, DateTimeOffset before, TimeBudget budget, CancellationToken cancellationToken)
    {
        var redacted = 0;
        while (true)
        {
            var range = await aged.RangeAsync(walk, before, cancellationToken);
            await foreach (var found in aged.InAsync(range, cancellationToken))
            {
                redacted += await RedactAsync(walk, found, before, cancellationToken) ? 1 : 0;
                if (budget.IsSpent)
                {
                    await aged.StopAsync(range, found.Key, cancellationToken);
                    return redacted;
                }
            }

            await aged.FinishAsync(range, cancellationToken);
            if (!range.IsRest || walk.ByOwnStart)
            {
                return redacted;
            }
        }
    }

    /// <returns>Whether there was something to redact.</returns>
    private async Task<bool> RedactAsync(AgedWalk walk, AgedOperation found, DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (exists, entry) = await journal.FindAsync(found.Id, cancellationToken);
            if (entry is null)
            {
                if (exists && !walk.ByOwnStart)
                {
                    // During a rollback, for example: the version that wrote it can redact it later.
                    await aged.KeepAsync(walk, found, cancellationToken);
                }

                return false;
            }

            if (walk.ByOwnStart && entry.Operation.PersonalSince is null)
            {
                // It could not be read when this row was written. The row must leave the index with the personal data, so it counts as the operation's own.
                entry = entry with { Operation = entry.Operation with { PersonalSince = found.At } };
            }

            var operation = entry.Operation;
            if (!operation.HoldsPersonalData && operation.PersonalSince is null)
            {
                return false;
            }

            if (operation.PersonalSince >= before)
            {
                return false;
            }

            var needed = PersonalData.IsNeeded(operation);
            if (needed && operation.PersonalSince is not null)
            {
                return false;
            }

            // Data that is still needed is found later by its own retention start, because the walk by arrival time visits an operation once.
            var next = needed ? operation with { PersonalSince = operation.ReceivedAt } : PersonalData.Redact(operation);
            if (await journal.UpdateAsync(entry, next, claim: null, cancellationToken) is not null)
            {
                return !needed;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Redacted personal data in {Count} operations from before {Before:u}")]
        public static partial void Redacted(ILogger logger, int count, DateTimeOffset before);
    }
}
