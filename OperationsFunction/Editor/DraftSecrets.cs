using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Secrets;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Sets a draft's secrets. No route returns them, and the live revision changes only at the next publication.</summary>
public sealed partial class DraftSecrets(
    EditorAccess access, RevisionStore store, ISecretStore secretStore, SecretValues values, DraftReader drafts, PipelineRefresh refresh, TimeProvider time, ILogger<DraftSecrets> logger)
{
    /// <summary>Longer than any key or address of a service; a Key Vault takes 25,600.</summary>
    private const int MaxLength = 4_000;

    public async Task<IResult> PutAsync(HttpRequest request, string name, string key, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        if (body.Raw("value")?.Trim() is not { Length: > 0 and <= MaxLength } value)
        {
            return Problems.BadRequest($"value must be the secret as text of 1 to {MaxLength} characters.");
        }

        return await access.ChangeAsync(name, live => OnKeyAsync(live, key, async known =>
        {
            await SetAsync(live.Name, known, value, OperatorName.Of(request), cancellationToken);
            return TypedResults.NoContent();
        }, cancellationToken), cancellationToken);
    }

    /// <summary>Generates a new secret for an address. The one in use stays valid until another is generated after the publication, so nothing is rejected while the cabinet is updated.</summary>
    public Task<IResult> GenerateAsync(HttpRequest request, string name, string key, CancellationToken cancellationToken) => access.ChangeAsync(
        name,
        live => OnKeyAsync(live, key, async known =>
        {
            if (!SecretKeys.IsOwn(known))
            {
                return Problems.Conflict($"{known} is issued by the other service. Copy it from there.");
            }

            var last = (await InUseAsync(live, known, cancellationToken))?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
            await SetAsync(live.Name, known, last is null ? SecretKeys.Generate() : $"{last},{SecretKeys.Generate()}", OperatorName.Of(request), cancellationToken);
            return TypedResults.NoContent();
        }, cancellationToken),
        cancellationToken);

    /// <summary>The value that the cabinet calls: of the live revision, however often the draft's was generated since; of the draft, if none was published.</summary>
    private async Task<string?> InUseAsync(StoredPipeline live, string key, CancellationToken cancellationToken)
    {
        var published = (await store.ReadLiveAsync(live, cancellationToken))?.Secrets.GetValueOrDefault(key);
        if ((published ?? (await store.ReadSecretsAsync(live.Name, cancellationToken)).Versions.GetValueOrDefault(key)?.Version) is not { } version)
        {
            return null;
        }

        var resolved = await values.ResolveAsync(live.Name, [KeyValuePair.Create(key, version)], cancellationToken);
        return resolved.MayReturn
            ? throw new SecretsUnavailableException("The secret store does not answer. Try again.")
            : resolved.Values.GetValueOrDefault(key);
    }

    /// <summary>Stores a value and remembers its version in the draft.</summary>
    public async Task SetAsync(string name, string key, string value, string? by, CancellationToken cancellationToken)
    {
        var version = new SecretVersion(await secretStore.SetAsync(name, key, value, cancellationToken), time.GetUtcNow(), by);
        await store.SetSecretAsync(name, key, version, SecretKeys.IsWebhook(key), cancellationToken);
        Log.Set(logger, name, key, by ?? "an operator");
        if (SecretKeys.IsWebhook(key))
        {
            // The operator copies the address into the cabinet next, so refresh this instance at once.
            await refresh.RunAsync(cancellationToken);
        }
    }

    private async Task<IResult> OnKeyAsync(StoredPipeline live, string key, Func<string, Task<IResult>> work, CancellationToken cancellationToken)
    {
        var keys = DraftReader.SecretKeys(await drafts.ReadAsync(live, cancellationToken)).Concat(DraftReader.AllSecretKeys).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return keys.Find(known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } found
            ? await work(found)
            : Problems.NotFound($"'{key[..Math.Min(key.Length, 80)]}' is not a secret of this pipeline. Known: {string.Join(", ", keys)}.");
    }

    private static partial class Log
    {
        [LoggerMessage(1723, LogLevel.Warning, "{Pipeline}: the secret {Key} was set by {By}; it takes effect with the next publication")]
        public static partial void Set(ILogger logger, string pipeline, string key, string by);
    }
}
