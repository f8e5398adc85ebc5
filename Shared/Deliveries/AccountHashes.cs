using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// Hashes of the accounts that a pipeline sells to, each together with a name of its cabinet. <see cref="PipelineRegistry"/> keeps them: two pipelines
/// with a hash in common share an account, also after the settings of one are gone.
/// </summary>
public sealed class AccountHashes(IEnumerable<IDestination> destinations, PhoneIndex phones)
{
    /// <summary>By pipeline. An invalid one is missing, because its settings do not say.</summary>
    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<string>>> AllAsync(PipelineSnapshot current, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var pipeline in current.All)
        {
            var hashes = new List<string>();
            foreach (var destination in destinations.Where(d => !d.IsReport && d.Serves(pipeline)))
            {
                hashes.AddRange(await OfAsync(pipeline, destination, cancellationToken));
            }

            all[pipeline.Name] = hashes;
        }

        return all;
    }

    /// <summary>One for each name of the cabinet.</summary>
    internal async ValueTask<IReadOnlyList<string>> OfAsync(Pipeline pipeline, IDestination destination, CancellationToken cancellationToken)
    {
        var hashes = new List<string>();
        foreach (var cabinet in pipeline.Cabinet?.Names ?? [])
        {
            hashes.Add(await phones.HashAsync($"account|{destination.Name}|{destination.Account(pipeline)}|{cabinet}", cancellationToken));
        }

        return hashes;
    }
}
