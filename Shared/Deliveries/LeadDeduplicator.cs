using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// A record, and with <c>SamePerson</c> a phone number, is sold to an account once. A row in <see cref="LeadOwners"/> is written
/// before the claim and never released: the state of its operation decides whether it still applies.
/// </summary>
public sealed class LeadDeduplicator(LeadOwners owners, SharedAccounts accounts, SkippedWaits waits, PhoneIndex phones, JournalStore journal, TimeProvider time)
{
    /// <summary>How long a sold record is remembered: longer than any reconciliation window.</summary>
    public static readonly TimeSpan RecordWindow = TimeSpan.FromDays(400);

    /// <summary>Whether this pipeline compares records at all.</summary>
    internal async ValueTask<bool> IsUsedAsync(Pipeline pipeline, IDestination destination, CancellationToken cancellationToken) =>
        destination.Policy(pipeline).SamePerson > TimeSpan.Zero || await accounts.FindAsync(pipeline, destination, cancellationToken) is not null;

    /// <summary>Null when its record can be compared now; otherwise until when to wait: see <see cref="SharedAccounts.KnownEverywhereAt"/>.</summary>
    internal PreSend.Wait? FindWait(Pipeline pipeline, IDestination destination, Operation operation) =>
        !HasOwnRules(operation, destination) && accounts.KnownEverywhereAt(pipeline, destination) is { } known ? new PreSend.Wait(known, PreSend.Wait.Publication) : null;

    /// <summary>Null when this operation may send; otherwise the operation that covers its record or its phone number.</summary>
    internal async Task<PreSend.Skip?> FindOwnerAsync(Pipeline pipeline, IDestination destination, Operation operation, CancellationToken cancellationToken)
    {
        if (HasOwnRules(operation, destination))
        {
            return null;
        }

        var account = destination.Account(pipeline);
        if (await accounts.FindAsync(pipeline, destination, cancellationToken) is { } shared)
        {
            foreach (var cabinet in shared.CabinetNames)
            {
                var record = $"record|{destination.Name}|{account}|{cabinet}|{operation.Id.Kind.Name()}|{operation.Id.RecordId}";
                // The other journals are read once.
                var others = cabinet == shared.CabinetNames[^1] ? shared.Others : [];
                if (await FindAsync(record, RecordWindow, others, destination, operation, cancellationToken) is { } seller)
                {
                    return Skip(ErrorCodes.SameRecord, seller, "already sends the same record to this account");
                }
            }
        }

        var window = destination.Policy(pipeline).SamePerson;
        return window > TimeSpan.Zero && operation.Fields[PhoneIndex.PhoneField] is { } phone
            && await FindAsync($"{destination.Name}|{account}|{phone}", window, [], destination, operation, cancellationToken) is { } owner
                ? Skip(ErrorCodes.SamePerson, owner, "already covers this phone for this account")
                : null;
    }

    /// <summary>An uncertain order may already be sold: it is not compared.</summary>
    private static bool HasOwnRules(Operation operation, IDestination destination) => operation.DeliveryTo(destination.Name) is { MayHaveArrived: true };

    private static PreSend.Skip Skip(string code, Cover cover, string how) => new(code, cover.Owner, cover.IsKnown
        ? $"{cover.Owner} {how}. If that operation is rejected, this one is sent automatically."
        : $"{cover.Owner} may cover this record or phone for this account, but this version of the app cannot read its row. If that operation does not cover it, this one is sent automatically.");

    private async Task<Cover?> FindAsync(
        string what, TimeSpan window, IReadOnlyList<string> others, IDestination destination, Operation operation, CancellationToken cancellationToken)
    {
        var key = await phones.HashAsync(what, cancellationToken);
        while (true)
        {
            var now = time.GetUtcNow();
            var until = now + window;
            if (await owners.AddAsync(key, operation.Id, now, until, cancellationToken))
            {
                return await FindEarlierAsync(key, until, isNew: true, others, destination, operation, cancellationToken);
            }

            if (await owners.FindAsync(key, cancellationToken) is not { } seen)
            {
                continue;
            }

            if (seen.Operation != operation.Id && seen.Since + window > now
                && await journal.FindAsync(seen.Operation, cancellationToken) is { Exists: true, Entry: var owner } && (owner is null || Counts(owner.Operation, destination.Name)))
            {
                return await CoverAsync(seen.Operation, owner?.Operation, destination, operation, cancellationToken);
            }

            // Its own row is rewritten too, so that a caller who saw an earlier state of this operation loses the race.
            if (await owners.ReplaceAsync(key, seen, operation.Id, now, until, cancellationToken))
            {
                // Whoever wrote the row may have died before it read the other journals.
                return await FindEarlierAsync(key, until, isNew: false, others, destination, operation, cancellationToken);
            }
        }
    }

    /// <summary>
    /// No rows were written while only one pipeline used the account. Its earlier orders are in its own journal; operations it has not sent yet will
    /// find this row.
    /// </summary>
    private async Task<Cover?> FindEarlierAsync(
        string key, DateTimeOffset until, bool isNew, IReadOnlyList<string> others, IDestination destination, Operation operation, CancellationToken cancellationToken)
    {
        foreach (var id in others.Select(other => operation.Id with { Pipeline = other }))
        {
            if (await journal.FindAsync(id, cancellationToken) is { Exists: true, Entry: var other }
                && (other is null || IsEarlier(other.Operation, destination.Name, isNew)))
            {
                // Whoever takes the row over reads that journal too, so a lost race changes nothing.
                if (await owners.FindAsync(key, cancellationToken) is { } own)
                {
                    await owners.ReplaceAsync(key, own, id, time.GetUtcNow(), until, cancellationToken);
                }

                return await CoverAsync(id, other?.Operation, destination, operation, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether its order comes before that of the row's owner. Before the row existed, any order that counts did. An order that is sure to be compared
    /// again before it is sent yields to a row that exists: otherwise two operations that are replayed at once would each yield to the other.
    /// </summary>
    internal static bool IsEarlier(Operation other, string destination, bool isNew) =>
        other.DeliveryTo(destination) is { Sends: > 0 } sent && Counts(other, destination)
        && (isNew || sent.IsInDoubt() || sent.State is not (DeliveryState.Enriched or DeliveryState.Waiting or DeliveryState.Held));

    /// <param name="id">What covers it.</param>
    /// <param name="owner">The same as read; null: this version cannot read its row, and it may have sold the lead.</param>
    /// <param name="destination">Where both go.</param>
    /// <param name="operation">Waits, unless the owner has sold it: <see cref="SkippedDeliveries"/> sends it once the owner turns out not to cover it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    private async Task<Cover> CoverAsync(OperationId id, Operation? owner, IDestination destination, Operation operation, CancellationToken cancellationToken)
    {
        if (owner is null || IsUndecided(owner, destination.Name))
        {
            // Write it before the journal records Skipped: a reader of this row checks the journal.
            await waits.KeepAsync(new SkippedWait(id, destination.Name, operation.Id), cancellationToken);
        }

        return new Cover(id, IsKnown: owner is not null);
    }

    /// <summary>
    /// Whether the operation still covers it: its delivery is sold, unfinished or unconfirmed, or was refused only after an order that may have arrived. A
    /// discarded one does not: an operator gave it up.
    /// </summary>
    internal static bool Counts(Operation? owner, string destination) => owner switch
    {
        null => false,
        _ when owner.DeliveryTo(destination) is { } delivery =>
            delivery.State.Rule() is { IsSold: true } or { IsOpen: true } || (delivery.IsInDoubt() && delivery.State != DeliveryState.Discarded),
        _ => owner.Enrichment.IsInProgress(),
    };

    /// <summary>It covers it now, and may still be refused.</summary>
    internal static bool IsUndecided(Operation owner, string destination) =>
        Counts(owner, destination) && owner.DeliveryTo(destination)?.State.IsSold() != true;

    /// <param name="Owner">The operation that covers the record or the phone.</param>
    /// <param name="IsKnown">False when it only may: its row cannot be read.</param>
    private sealed record Cover(OperationId Owner, bool IsKnown);
}
