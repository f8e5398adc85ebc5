using Azure;
using Azure.Data.Tables;

namespace UonOfferum.Shared.Revisions;

/// <summary>
/// Reads and writes pipelines that are made on the page. Every change is conditional: null or false means that another writer was first,
/// and the caller reads and decides again.
/// </summary>
public sealed class RevisionStore(PipelineTable table, TimeProvider time)
{
    /// <summary>The live state of all pipelines, in one request per page.</summary>
    public async Task<IReadOnlyList<StoredPipeline>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await table.ListAsync(RevisionRows.LivePrefix, null, cancellationToken)).Select(RevisionRows.ReadLive)];

    public async Task<StoredPipeline?> FindAsync(string name, CancellationToken cancellationToken) =>
        await table.FindAsync(RevisionRows.Live(name), cancellationToken) is { } row ? RevisionRows.ReadLive(row) : null;

    /// <summary>False when the name is taken.</summary>
    public Task<bool> CreateAsync(StoredPipeline live, StoredDraft draft, StoredSecrets secrets, CancellationToken cancellationToken) =>
        table.SubmitAsync(
            [
                Add(RevisionRows.Write(live)),
                Add(RevisionRows.Write(live.Name, secrets)),
                .. RevisionRows.Write(draft).Select((row, part) => part == 0 ? Add(row) : Put(row)),
            ],
            cancellationToken);

    public async Task<StoredDraft?> ReadDraftAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await table.FindAsync(RevisionRows.Draft(name), cancellationToken) is not { } row)
            {
                return null;
            }

            var settings = await SettingsAsync(row, cancellationToken);
            // Long settings span several rows: read them again if another writer saved in the meantime.
            if (RevisionRows.PartsOf(row) == 1 || (await table.FindAsync(RevisionRows.Draft(name), cancellationToken))?.ETag == row.ETag)
            {
                return RevisionRows.ReadDraft(row, settings);
            }
        }
    }

    /// <summary>False when the draft is not the one that was read.</summary>
    /// <param name="draft">The new draft.</param>
    /// <param name="version">The version of the draft that was read; "*": any.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<bool> SaveDraftAsync(StoredDraft draft, string version, CancellationToken cancellationToken) =>
        table.SubmitAsync([.. SaveDraft(draft, new ETag(version))], cancellationToken);

    public async Task<StoredSecrets> ReadSecretsAsync(string name, CancellationToken cancellationToken) =>
        await table.FindAsync(RevisionRows.SecretsOf(name), cancellationToken) is { } row
            ? RevisionRows.ReadSecrets(row)
            : new StoredSecrets(new Dictionary<string, SecretVersion>(StringComparer.OrdinalIgnoreCase), HaveChanged: false);

    /// <summary>Stores which version of a secret the draft uses. Secrets are set one by one, so concurrent changes are not lost.</summary>
    /// <param name="name">The pipeline.</param>
    /// <param name="key">The setting, such as <c>Uon:ApiKey</c>.</param>
    /// <param name="version">The version from the secret store.</param>
    /// <param name="isWebhook">Whether it is the secret that authenticates the draft's webhooks.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>False when there is no such pipeline.</returns>
    public async Task<bool> SetSecretAsync(string name, string key, SecretVersion version, bool isWebhook, CancellationToken cancellationToken)
    {
        while (await FindAsync(name, cancellationToken) is { } live)
        {
            var secrets = await ReadSecretsAsync(name, cancellationToken);
            var versions = new Dictionary<string, SecretVersion>(secrets.Versions, StringComparer.OrdinalIgnoreCase);
            versions.Remove(key);
            versions[key] = version;
            List<TableTransactionAction> actions = [Save(name, secrets with { Versions = versions, HaveChanged = true })];
            if (isWebhook)
            {
                actions.Add(Replace(RevisionRows.Write(live with { WebhookSecret = version.Version }), live.ETag));
            }

            if (await table.SubmitAsync(actions, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes a revision the live one atomically; false when the rows that were read have changed.</summary>
    /// <param name="live">The new live state, with the ETag of the read.</param>
    /// <param name="revision">The revision, with a number that was never used before.</param>
    /// <param name="draft">The new draft, with the version of the read; null: unchanged.</param>
    /// <param name="secrets">The new secrets; null: unchanged.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<bool> PublishAsync(StoredPipeline live, StoredRevision revision, StoredDraft? draft, StoredSecrets? secrets, CancellationToken cancellationToken) =>
        table.SubmitAsync(
            [
                .. RevisionRows.Write(revision).Select(Add),
                Replace(RevisionRows.Write(live), live.ETag),
                .. draft is null ? [] : SaveDraft(draft, draft.ETag),
                .. secrets is null ? Enumerable.Empty<TableTransactionAction>() : [Save(live.Name, secrets with { HaveChanged = false })],
            ],
            cancellationToken);

    public Task<bool> UpdateAsync(StoredPipeline live, CancellationToken cancellationToken) =>
        table.SubmitAsync([Replace(RevisionRows.Write(live), live.ETag)], cancellationToken);

    /// <summary>Removes a pipeline that was never published; its name is then free again.</summary>
    public Task<bool> RemoveDraftAsync(StoredPipeline live, StoredDraft draft, CancellationToken cancellationToken) =>
        table.SubmitAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Delete, RevisionRows.Write(live), live.ETag),
                new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(PipelineTable.Partition, RevisionRows.Draft(live.Name)), draft.ETag),
                new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(PipelineTable.Partition, RevisionRows.SecretsOf(live.Name)), ETag.All),
            ],
            cancellationToken);

    public async Task<StoredRevision?> ReadRevisionAsync(string name, int number, CancellationToken cancellationToken) =>
        await table.FindWithAgeAsync(RevisionRows.Revision(name, number), cancellationToken) is var (row, age)
            ? RevisionRows.ReadRevision(name, number, row, await SettingsAsync(row, cancellationToken)) with { PublishedAt = time.GetUtcNow() - age }
            : null;

    /// <summary>The revision in force; null when the pipeline was never published.</summary>
    public async Task<StoredRevision?> ReadLiveAsync(StoredPipeline live, CancellationToken cancellationToken) =>
        live.Revision is { } number ? await ReadRevisionAsync(live.Name, number, cancellationToken) : null;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RevisionHead>> ListRevisionsAsync(string name, CancellationToken cancellationToken) =>
        [.. (await table.ListAsync(RevisionRows.RevisionPrefix(name), RevisionRows.HeadColumns, cancellationToken))
            .Select(RevisionRows.ReadHead).OfType<RevisionHead>().OrderByDescending(head => head.Number)];

    /// <summary>The heads of all drafts, by name: two requests, whatever the size of the drafts.</summary>
    public async Task<IReadOnlyDictionary<string, DraftHead>> ListDraftsAsync(CancellationToken cancellationToken)
    {
        var secrets = (await table.ListAsync(RevisionRows.SecretsPrefix, RevisionRows.SecretsHeadColumns, cancellationToken))
            .ToDictionary(row => row.RowKey[RevisionRows.SecretsPrefix.Length..], RevisionRows.HaveChanged, StringComparer.Ordinal);
        return (await table.ListAsync(RevisionRows.DraftPrefix, RevisionRows.DraftHeadColumns, cancellationToken))
            // The continuation rows of long settings have no hash.
            .Where(row => row.GetString(nameof(StoredPipeline.Hash)) is not null)
            .ToDictionary(
                row => row.RowKey[RevisionRows.DraftPrefix.Length..],
                row => new DraftHead(row.GetString(nameof(StoredPipeline.Hash)), row.GetString(nameof(StoredDraft.Title)) ?? "", secrets.GetValueOrDefault(row.RowKey[RevisionRows.DraftPrefix.Length..])),
                StringComparer.Ordinal);
    }

    /// <summary>The hash of a draft's or a revision's content.</summary>
    public static string HashOf(string title, string settings) => RevisionRows.Hash(title, settings);

    private async Task<string> SettingsAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var settings = RevisionRows.SettingsOf(row);
        for (var part = 1; part < RevisionRows.PartsOf(row); part++)
        {
            settings += await table.FindAsync(RevisionRows.Part(row.RowKey, part), cancellationToken) is { } more ? RevisionRows.SettingsOf(more) : "";
        }

        return settings;
    }

    private static IEnumerable<TableTransactionAction> SaveDraft(StoredDraft draft, ETag version) =>
        RevisionRows.Write(draft).Select((row, part) => part == 0 ? Replace(row, version) : Put(row));

    private static TableTransactionAction Save(string name, StoredSecrets secrets) =>
        secrets.ETag == default ? Add(RevisionRows.Write(name, secrets)) : Replace(RevisionRows.Write(name, secrets), secrets.ETag);

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static TableTransactionAction Put(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    private static TableTransactionAction Replace(TableEntity row, ETag etag) => new(TableTransactionActionType.UpdateReplace, row, etag);
}
