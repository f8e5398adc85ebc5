using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Which version of each secret a restored revision gets. Pure.</summary>
internal static class RestoredSecrets
{
    /// <summary>
    /// The secrets in force, including those that the old revision did not have: an old key may no longer work, and the cabinets call the current
    /// addresses. A secret that is no longer in force has the version that was set last, and the old revision's only if nothing is newer.
    /// </summary>
    /// <param name="old">The revision to restore.</param>
    /// <param name="live">The revision in force; null: none.</param>
    /// <param name="draft">The secrets as last set.</param>
    public static StoredSecrets Of(StoredRevision old, StoredRevision? live, StoredSecrets draft)
    {
        var versions = new Dictionary<string, SecretVersion>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, version) in old.Secrets)
        {
            versions[key] = draft.Versions.GetValueOrDefault(key) ?? new SecretVersion(version, old.At, old.By);
        }

        foreach (var (key, version) in live?.Secrets ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            versions[key] = new SecretVersion(version, live!.At, live.By);
        }

        return new StoredSecrets(versions, HaveChanged: false);
    }
}
