using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Storage;

namespace UonOfferum.AmoSenderFunction;

/// <summary>A token to send with, or why there is none.</summary>
internal sealed record AmoAccess(AmoPair? Pair, DeliveryReply? Refusal);

/// <summary>
/// The OAuth tokens of an integration. A refresh token works once and brings the next one, so the pair lives in a row of the journal's
/// table, encrypted, and whoever renews it holds the row's lease: of many instances one asks amoCRM, and the others read what it got.
/// </summary>
public sealed class AmoTokens(AmoOAuthClient client, JournalTable table, TimeProvider time)
{
    private const string Partition = "amo-token";
    private const string Cipher = "Cipher", Seed = "Seed", Lease = "Lease";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <summary>A token this near its end may end on the way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    /// <summary>Access tokens that amoCRM refused before their time, by row.</summary>
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);

    /// <summary>Never throws for what amoCRM does.</summary>
    internal async Task<AmoAccess> GetAsync(AmoSettings settings, AmoOAuth oauth, CancellationToken cancellationToken)
    {
        var patience = settings.Policy.Timeout / 4;
        var end = time.GetUtcNow() + patience;
        using var vault = new AmoVault(settings.BaseAddress, oauth);
        while (true)
        {
            var row = await table.FindAsync(Partition, vault.Row, cancellationToken);
            // A refresh token that a person put into the settings since then begins a new line.
            var pair = row?.GetString(Seed) == vault.Seed ? vault.Open(row.GetBinary(Cipher)) : null;
            if (pair is not null && pair.Until > time.GetUtcNow() + Margin && _refused.GetValueOrDefault(vault.Row) != pair.Access)
            {
                return new AmoAccess(pair, null);
            }

            if (!(row?.GetDateTimeOffset(Lease) > time.GetUtcNow()) && await TakeAsync(vault, row, patience, cancellationToken) is { } lease)
            {
                return await RenewAsync(settings, oauth, vault, pair, row, lease, patience);
            }

            if (time.GetUtcNow() >= end)
            {
                return new AmoAccess(null, new DeliveryReply(DeliveryOutcome.Transient) { Detail = "The lead did not go out: another instance is renewing the token" });
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    /// <summary>Says that amoCRM refused a token: the next one who asks gets another.</summary>
    internal void Refuse(AmoSettings settings, AmoOAuth oauth, AmoPair pair)
    {
        using var vault = new AmoVault(settings.BaseAddress, oauth);
        _refused[vault.Row] = pair.Access;
    }

    /// <summary>Not to be cut off once amoCRM was asked: the old refresh token is gone then.</summary>
    private async Task<AmoAccess> RenewAsync(AmoSettings settings, AmoOAuth oauth, AmoVault vault, AmoPair? pair, TableEntity? row, ETag lease, TimeSpan timeout)
    {
        var (renewed, refusal) = await client.RenewAsync(settings, oauth, pair?.Refresh ?? oauth.RefreshToken, timeout, CancellationToken.None);
        var next = new TableEntity(Partition, vault.Row) { [Seed] = renewed is null ? row?.GetString(Seed) : vault.Seed, [Cipher] = renewed is null ? row?.GetBinary(Cipher) : vault.Close(renewed) };
        await InsistAsync(() => table.ReplaceAsync(next, lease, CancellationToken.None), time.GetUtcNow() + timeout);
        return new AmoAccess(renewed, refusal);
    }

    /// <summary>A pair that is not written down is lost. While the lease lasts, storage trouble is outwaited.</summary>
    private async Task InsistAsync(Func<Task> write, DateTimeOffset end)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception e) when (StorageTrouble.Is(e) && time.GetUtcNow() < end)
            {
                await Task.Delay(BetweenLooks, time, CancellationToken.None);
            }
        }
    }

    private async Task<ETag?> TakeAsync(AmoVault vault, TableEntity? row, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Longer than the call, so that nobody uses the token that this one is using up.
        var taken = new TableEntity(Partition, vault.Row) { [Seed] = row?.GetString(Seed), [Cipher] = row?.GetBinary(Cipher), [Lease] = time.GetUtcNow() + 3 * timeout };
        if (row is not null)
        {
            return await table.ReplaceAsync(taken, row.ETag, cancellationToken);
        }

        // A row that is not there is added empty first: the ETag of the next write is then the lease's.
        return await table.AddAsync(new TableEntity(Partition, vault.Row), cancellationToken)
            && await table.FindAsync(Partition, vault.Row, cancellationToken) is { } added
            ? await table.ReplaceAsync(taken, added.ETag, cancellationToken)
            : null;
    }
}
