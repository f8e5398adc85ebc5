using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Secrets;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Renames a draft. Until it is published nothing refers to the old name: no operation, no message, no cabinet.</summary>
public sealed class PipelineRename(NameChoice names, RevisionStore store, ISecretStore secretStore, SecretValues values, PipelineRefresh refresh)
{
    /// <summary>Why the name cannot be used; null when it can.</summary>
    public async Task<IResult?> RefusalAsync(StoredPipeline live, string name, bool continues, CancellationToken cancellationToken) =>
        live.Revision is not null ? Problems.Conflict($"'{live.Name}' was published under this name, and its operations are kept under it. Change the title instead, or duplicate the pipeline.")
        : await names.RefusalAsync(name, continues, cancellationToken);

    /// <summary>Null when the name was taken in the meantime, or the draft was changed or published.</summary>
    public async Task<StoredPipeline?> RunAsync(StoredPipeline live, string name, CancellationToken cancellationToken)
    {
        var draft = await store.ReadDraftAsync(live.Name, cancellationToken);
        live = await store.FindAsync(live.Name, cancellationToken) ?? live;
        if (draft is null || live.Revision is not null)
        {
            return null;
        }

        var secrets = await store.ReadSecretsAsync(live.Name, cancellationToken);
        var moved = await MoveAsync(live.Name, name, secrets.Versions, cancellationToken);
        var renamed = live with { Name = name, WebhookSecret = moved.GetValueOrDefault(SecretKeys.Webhook)?.Version };
        if (!await store.CreateAsync(renamed, draft with { Name = name }, new StoredSecrets(moved, HaveChanged: true), cancellationToken))
        {
            return null;
        }

        await store.RemoveDraftAsync(live, draft, cancellationToken);
        await refresh.RunAsync(cancellationToken);
        return renamed;
    }

    /// <summary>Stores every secret again under the new name, because a value is bound to the pipeline it was set for.</summary>
    public async Task<Dictionary<string, SecretVersion>> MoveAsync(
        string from, string to, IReadOnlyDictionary<string, SecretVersion> versions, CancellationToken cancellationToken)
    {
        var resolved = await values.ResolveAsync(from, versions.Select(v => KeyValuePair.Create(v.Key, v.Value.Version)), cancellationToken);
        if (resolved.MayReturn)
        {
            throw new SecretsUnavailableException("The secret store does not answer. Try again.");
        }

        var moved = new Dictionary<string, SecretVersion>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in resolved.Values)
        {
            moved[key] = versions[key] with { Version = await secretStore.SetAsync(to, key, value, cancellationToken) };
        }

        return moved;
    }
}
