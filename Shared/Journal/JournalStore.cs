using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using UonOfferum.Shared.Operations;
using Operation = UonOfferum.Shared.Operations.Operation;

namespace UonOfferum.Shared.Journal;

/// <summary>An operation as read, with the ETag for its next update.</summary>
public sealed record JournalEntry(Operation Operation, ETag ETag)
{
    /// <summary>The hash under which its phone is indexed; null: hashed with the current key, or it has no phone.</summary>
    internal string? PhoneHash { get; init; }
}

/// <summary>The result of writing a step: the entry for the next step, and the claim with its new ETag, if any.</summary>
public sealed record JournalWrite(JournalEntry Entry, Claim? Claim);

/// <summary>
/// Reads and writes operations. Every write is conditional: a lost race returns null, and the caller then reads and decides
/// again. One step is one batch request.
/// </summary>
public sealed class JournalStore(JournalTable table, PhoneIndex phones, TimeProvider time, IEnumerable<IFollowUps>? followUps = null)
{
    /// <summary>A first attempt takes seconds; a retention may be as short as minutes.</summary>
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<IFollowUps> _followUps = [.. followUps ?? []];

    public async Task<JournalEntry?> ReadAsync(OperationId id, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(JournalKeys.Partition(id), JournalKeys.Operation(id.RecordId), cancellationToken);
        return row is null ? null : new JournalEntry(JournalRows.Read(row), row.ETag) { PhoneHash = JournalBatch.PhoneHashOf(row) };
    }

    /// <summary>For walks: also returns null for a row that this version cannot read.</summary>
    internal async Task<JournalEntry?> TryReadAsync(OperationId id, CancellationToken cancellationToken) => (await FindAsync(id, cancellationToken)).Entry;

    /// <summary>For walks to which a row that this version cannot read is not the same as none: it exists, and has no entry.</summary>
    internal async Task<(bool Exists, JournalEntry? Entry)> FindAsync(OperationId id, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(JournalKeys.Partition(id), JournalKeys.Operation(id.RecordId), cancellationToken);
        return (row is not null, row is not null && JournalRows.TryRead(row) is { } operation ? new JournalEntry(operation, row.ETag) { PhoneHash = JournalBatch.PhoneHashOf(row) } : null);
    }

    /// <summary>
    /// The claim, with the end of its lease in the reader's clock: the lease runs by the storage's clock, so that an instance whose own clock is wrong
    /// does not take an order in flight for a lost one.
    /// </summary>
    public async Task<Claim?> ReadClaimAsync(OperationId id, string destination, CancellationToken cancellationToken)
    {
        if (await table.FindWithAgeAsync(JournalKeys.Partition(id), JournalKeys.Claim(id.RecordId, destination), cancellationToken) is not { } found)
        {
            return null;
        }

        var claim = JournalRows.ReadClaim(found.Row) with { WrittenAt = time.GetUtcNow() - found.Age };
        return claim.WrittenAt + claim.Lease is { } end ? claim with { LeaseUntil = end } : claim;
    }

    /// <summary>Inserts a new operation without reading first; null when it already exists.</summary>
    public Task<JournalEntry?> InsertAsync(Operation operation, CancellationToken cancellationToken) =>
        InsertAsync(operation, begins: true, cancellationToken);

    /// <inheritdoc cref="InsertAsync(Operation, CancellationToken)"/>
    /// <param name="operation">The operation.</param>
    /// <param name="begins">False when it was stored under another id before.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<JournalEntry?> InsertAsync(Operation operation, bool begins, CancellationToken cancellationToken)
    {
        if (operation.HoldsPersonalData && time.GetUtcNow() - operation.ReceivedAt > LateAfter)
        {
            // The walk by arrival time may be past it already, so it is also found by its retention start.
            operation = operation with { PersonalSince = operation.PersonalSince ?? operation.ReceivedAt };
        }

        var hash = await phones.HashAsync(operation, cancellationToken);
        return (await SubmitAsync(JournalBatch.Insert(operation, hash, begins), operation, hash, null, cancellationToken))?.Entry;
    }

    /// <summary>Writes one step with its follow-up work; null when another writer was first. The result has the operation as written.</summary>
    /// <param name="claim">Inserted when it has no ETag, otherwise replaced under it.</param>
    public async Task<JournalWrite?> UpdateAsync(JournalEntry current, Operation next, Claim? claim, CancellationToken cancellationToken)
    {
        next = _followUps.Aggregate(next, (after, followUp) => followUp.Apply(current.Operation, after));
        bool Gains(Func<Operation, bool> holds) => !holds(current.Operation) && holds(next);

        if (Gains(o => o.HoldsPersonalData) || (current.Operation.PersonalSince is null && Gains(o => o.HoldsRecordData)))
        {
            // It was redacted, and the walk by arrival time is past it, so the new data gets a retention start of its own. Earlier versions left notes.
            next = next with { PersonalSince = next.UpdatedAt };
        }

        var before = current.PhoneHash ?? await phones.HashAsync(current.Operation, cancellationToken);
        var after = await phones.HashAsync(next, cancellationToken);
        return await SubmitAsync(
            JournalBatch.Update(current.Operation, current.ETag, before, next, after, claim), next, after, claim, cancellationToken);
    }

    /// <summary>Appends to the story and changes nothing else, so the index rows stay; null when another writer was first.</summary>
    public async Task<JournalEntry?> NoteAsync(JournalEntry current, Operation next, CancellationToken cancellationToken)
    {
        var etag = await table.ReplaceAsync(JournalBatch.Row(next, current.PhoneHash), current.ETag, cancellationToken);
        return etag is { } written ? new JournalEntry(next, written) { PhoneHash = current.PhoneHash } : null;
    }

    /// <summary>Removes an operation that continues under another id; false when another writer was first.</summary>
    public async Task<bool> DeleteAsync(JournalEntry current, CancellationToken cancellationToken)
    {
        var hash = current.PhoneHash ?? await phones.HashAsync(current.Operation, cancellationToken);
        return await SubmitAsync(JournalBatch.Delete(current.Operation, current.ETag, hash), current.Operation, hash, null, cancellationToken) is not null;
    }

    private async Task<JournalWrite?> SubmitAsync(JournalBatch batch, Operation written, string? phoneHash, Claim? claim, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var answers = await table.SubmitAsync(batch.Actions, cancellationToken);
                return new JournalWrite(
                    new JournalEntry(written, answers[0].Headers.ETag ?? default) { PhoneHash = phoneHash },
                    claim is null ? null : claim with { ETag = answers[batch.ClaimIndex].Headers.ETag ?? default });
            }
            catch (TableTransactionFailedException e) when (e.Status == 404 && batch.Forgive(e.FailedTransactionActionIndex))
            {
                // Only the operation's row matters; continue without that deletion.
            }
            catch (RequestFailedException e) when (IsLostRace(e))
            {
                return null;
            }
        }
    }

    private static bool IsLostRace(RequestFailedException e) =>
        e.Status is 409 or 412
        || e.ErrorCode == TableErrorCode.EntityAlreadyExists
        || e.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied
        || (e.Status == 404 && e.ErrorCode == TableErrorCode.ResourceNotFound);
}
