using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>A token to send with, or why there is none.</summary>
internal sealed record AmoAccess(TokenPair? Pair, DeliveryReply? Refusal);

/// <summary>
/// The OAuth tokens of an integration. A refresh token works once and returns the next one, so the pair is stored in a row of the journal's
/// table, encrypted, and the instance that renews it holds the row's lease: one instance asks amoCRM, and the others read the result.
/// </summary>
public sealed class AmoTokens(AmoOAuthClient client, JournalTable table, TimeProvider time)
{
    private const string Partition = "amo-token";
    private const string Cipher = "Cipher", Seed = "Seed", Lease = "Lease", LeaseSeconds = "LeaseSeconds";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);

    /// <summary>A token this close to its expiry may expire in transit.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    /// <summary>Access tokens that amoCRM refused before they expired, by row.</summary>
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);

    /// <summary>Pairs that could not be stored, by row: this process keeps them in memory and writes them before it uses them.</summary>
    private readonly ConcurrentDictionary<string, TokenPair> _unsaved = new(StringComparer.Ordinal);

    /// <summary>Never throws for an amoCRM failure.</summary>
    internal async Task<AmoAccess> GetAsync(AmoSettings settings, AmoOAuth oauth, CancellationToken cancellationToken)
    {
        var maxWait = settings.Policy.Timeout / 4;
        var end = time.GetUtcNow() + maxWait;
        using var protector = new TokenProtector(settings.BaseAddress, oauth);
        while (true)
        {
            var found = await table.FindWithAgeAsync(Partition, protector.Row, cancellationToken);
            var row = found?.Row;
            // A new refresh token in the settings replaces the stored pair.
            var pair = PairOf(row, protector);
            if (_unsaved.TryGetValue(protector.Row, out var unsaved) && !(pair?.Since >= unsaved.Since))
            {
                await SaveAsync(protector, unsaved, row?.ETag);
                pair = unsaved;
            }

            _unsaved.TryRemove(protector.Row, out _);
            if (pair is not null && pair.Until > time.GetUtcNow() + Margin && _refused.GetValueOrDefault(protector.Row) != pair.Access)
            {
                return new AmoAccess(pair, null);
            }

            if (!IsLeased(row, found?.Age, time.GetUtcNow()) && await TakeAsync(protector, row, maxWait, cancellationToken) is { } lease)
            {
                return await RenewAsync(settings, oauth, protector, pair, row, lease, maxWait);
            }

            if (time.GetUtcNow() >= end)
            {
                return new AmoAccess(null, new DeliveryReply(DeliveryOutcome.Transient) { Detail = "The lead did not go out: another instance is renewing the token" });
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    /// <summary>Marks a token as refused by amoCRM: the next caller gets a new one.</summary>
    internal void Refuse(AmoSettings settings, AmoOAuth oauth, TokenPair pair)
    {
        using var protector = new TokenProtector(settings.BaseAddress, oauth);
        _refused[protector.Row] = pair.Access;
    }

    /// <summary>Must not be cancelled once amoCRM was called: the old refresh token no longer works then.</summary>
    private async Task<AmoAccess> RenewAsync(AmoSettings settings, AmoOAuth oauth, TokenProtector protector, TokenPair? pair, TableEntity? row, ETag lease, TimeSpan timeout)
    {
        var (renewed, refusal) = await client.RenewAsync(settings, oauth, pair?.Refresh ?? oauth.RefreshToken, timeout, CancellationToken.None);
        if (renewed is null)
        {
            // Only releases the lease; if that fails, the lease expires automatically.
            var back = new TableEntity(Partition, protector.Row) { [Seed] = row?.GetString(Seed), [Cipher] = row?.GetBinary(Cipher) };
            await RecordWithRetryAsync(() => table.ReplaceAsync(back, lease, CancellationToken.None), time.GetUtcNow() + timeout);
            return new AmoAccess(null, refusal);
        }

        _unsaved[protector.Row] = renewed;
        if (await RecordWithRetryAsync(() => SaveAsync(protector, renewed, lease), time.GetUtcNow() + timeout))
        {
            _unsaved.TryRemove(protector.Row, out _);
        }

        return new AmoAccess(renewed, null);
    }

    /// <summary>
    /// Another write may have changed the row in the meantime: the lease expired, or this write succeeded and its reply was lost. The newest pair stays,
    /// because its refresh token is the only one that works.
    /// </summary>
    private async Task SaveAsync(TokenProtector protector, TokenPair pair, ETag? seen)
    {
        var row = new TableEntity(Partition, protector.Row) { [Seed] = protector.Seed, [Cipher] = protector.Protect(pair) };
        while (seen is not { } etag || await table.ReplaceAsync(row, etag, CancellationToken.None) is null)
        {
            var stored = await table.FindAsync(Partition, protector.Row, CancellationToken.None);
            if (stored is null ? await table.AddAsync(row, CancellationToken.None) : PairOf(stored, protector)?.Since >= pair.Since)
            {
                return;
            }

            seen = stored?.ETag;
        }
    }

    /// <summary>By the storage's clock, so that an instance whose clock is ahead does not use a refresh token that another one is using. Earlier versions stored only the end.</summary>
    internal static bool IsLeased(TableEntity? row, TimeSpan? age, DateTimeOffset now) => row?.GetDouble(LeaseSeconds) is { } seconds && age is { } held
        ? held < TimeSpan.FromSeconds(seconds)
        : row?.GetDateTimeOffset(Lease) > now;

    private static TokenPair? PairOf(TableEntity? row, TokenProtector protector) =>
        row?.GetString(Seed) == protector.Seed ? protector.Unprotect(row.GetBinary(Cipher)) : null;

    /// <summary>Losing this reply would lose the tokens, so retry storage errors until the lease expires. False when storage did not answer in time.</summary>
    private async Task<bool> RecordWithRetryAsync(Func<Task> write, DateTimeOffset end)
    {
        while (true)
        {
            try
            {
                await write();
                return true;
            }
            catch (Exception e) when (StorageErrors.IsTransient(e))
            {
                if (time.GetUtcNow() >= end)
                {
                    return false;
                }

                await Task.Delay(PollInterval, time, CancellationToken.None);
            }
        }
    }

    private async Task<ETag?> TakeAsync(TokenProtector protector, TableEntity? row, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Longer than the call, so that no other instance uses the refresh token that this call consumes.
        var taken = new TableEntity(Partition, protector.Row) { [Seed] = row?.GetString(Seed), [Cipher] = row?.GetBinary(Cipher), [Lease] = time.GetUtcNow() + 3 * timeout, [LeaseSeconds] = (3 * timeout).TotalSeconds };
        if (row is not null)
        {
            return await table.ReplaceAsync(taken, row.ETag, cancellationToken);
        }

        // A missing row is added empty first, so that the next write can use its ETag as the lease.
        return await table.AddAsync(new TableEntity(Partition, protector.Row), cancellationToken)
            && await table.FindAsync(Partition, protector.Row, cancellationToken) is { } added
            ? await table.ReplaceAsync(taken, added.ETag, cancellationToken)
            : null;
    }
}
