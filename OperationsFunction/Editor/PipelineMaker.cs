using System.Text.Json.Nodes;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Secrets;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Creates a stored pipeline from settings of any source: a template, a file, another pipeline.</summary>
public sealed class PipelineMaker(RevisionStore store, ISecretStore secretStore, DraftReader drafts, PipelineRefresh refresh, TimeProvider time)
{
    /// <summary>Stores a draft that was never published, with a webhook secret of its own unless the settings bring one.</summary>
    /// <param name="name">A name that is valid in a key.</param>
    /// <param name="title">The display title.</param>
    /// <param name="settings">Secrets in it are moved to the secret store.</param>
    /// <param name="more">Further secrets, by the key of their setting.</param>
    /// <param name="by">The operator's name.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <returns>False when the name is taken.</returns>
    public async Task<bool> MakeAsync(
        string name, string title, JsonObject settings, IEnumerable<KeyValuePair<string, string>> more, string? by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (written, found) = drafts.Split(name, settings);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [SecretKeys.Webhook] = SecretKeys.Generate() };
        foreach (var (key, value) in more.Concat(found))
        {
            values[key] = value;
        }

        var secrets = new Dictionary<string, SecretVersion>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
        {
            secrets[key] = new SecretVersion(await secretStore.SetAsync(name, key, value, cancellationToken), now, by);
        }

        var made = await store.CreateAsync(
            new StoredPipeline { Name = name, Title = title, WebhookSecret = secrets[SecretKeys.Webhook].Version, UpdatedAt = now },
            new StoredDraft { Name = name, Title = title, Settings = written, UpdatedAt = now, UpdatedBy = by },
            new StoredSecrets(secrets, HaveChanged: true),
            cancellationToken);
        if (made)
        {
            await refresh.RunAsync(cancellationToken);
        }

        return made;
    }
}
