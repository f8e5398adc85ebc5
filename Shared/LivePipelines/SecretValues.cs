using System.Collections.Concurrent;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Secrets;

namespace UonOfferum.Shared.LivePipelines;

/// <summary>The values of a pipeline's secrets, and the problems of unavailable ones.</summary>
/// <param name="Values">By the setting's key.</param>
/// <param name="Problems">One for each unavailable secret.</param>
/// <param name="MayReturn">The store did not answer: a retry may help.</param>
public sealed record ResolvedSecrets(IReadOnlyDictionary<string, string> Values, IReadOnlyList<SettingProblem> Problems, bool MayReturn)
{
    /// <summary>Without the values.</summary>
    public override string ToString() => nameof(ResolvedSecrets);
}

/// <summary>Reads secrets, each version once per process: a version never changes, and the vault limits requests.</summary>
public sealed class SecretValues(ISecretStore store)
{
    private readonly ConcurrentDictionary<(string Pipeline, string Key, string Version), string> _known = new();

    /// <summary>Never throws for a failure of the store.</summary>
    public async Task<ResolvedSecrets> ResolveAsync(string pipeline, IEnumerable<KeyValuePair<string, string>> versions, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<SettingProblem>();
        var mayReturn = false;
        foreach (var (key, version) in versions)
        {
            try
            {
                if (await FindAsync(pipeline, key, version, cancellationToken) is { } value)
                {
                    values[key] = value;
                }
                else
                {
                    problems.Add(new SettingProblem(key, ProblemCodes.SecretGone, "The secret is no longer in its store.", "Enter it again and publish, or restore it in the vault."));
                }
            }
            catch (SecretsUnavailableException e)
            {
                mayReturn = true;
                problems.Add(new SettingProblem(key, ProblemCodes.SecretsAway, "The secret could not be read.", e.Message));
            }
        }

        return new ResolvedSecrets(values, problems, mayReturn);
    }

    private async Task<string?> FindAsync(string pipeline, string key, string version, CancellationToken cancellationToken)
    {
        var id = (pipeline, key.ToUpperInvariant(), version);
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        var value = await store.GetAsync(pipeline, key, version, cancellationToken);
        if (value is not null)
        {
            _known[id] = value;
        }

        return value;
    }
}
