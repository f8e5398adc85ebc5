using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Several pipelines that send the records of one cabinet to one account.</summary>
/// <param name="Cabinet">The names of the cabinet, for hashes, each pipeline's in the same order: one contains the key. A pipeline may know only some of them.</param>
/// <param name="Others">The other pipelines; none if only pipelines whose settings are unknown can have sent there.</param>
internal sealed record SharedAccount(IReadOnlyList<string> Cabinet, IReadOnlyList<string> Others)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(SharedAccount);
}

/// <summary>Finds pipelines that send the records of one cabinet to one account. Reads the settings, and which pipelines were removed from them.</summary>
public sealed class SharedAccounts(PipelineCatalog pipelines, PipelineRegistry registry, TimeProvider time)
{
    /// <summary>
    /// Null when no other pipeline sends from this cabinet to that account, or when <c>SameRecord</c> lets each of them sell. An invalid or retired pipeline
    /// may have sold a record there: its settings do not say.
    /// </summary>
    internal async ValueTask<SharedAccount?> FindAsync(Pipeline pipeline, IDestination destination, CancellationToken cancellationToken)
    {
        if (destination.IsReport || destination.Policy(pipeline).SameRecord == SameRecordPolicy.Send || pipeline.Cabinet is not { } own)
        {
            return null;
        }

        var account = destination.Account(pipeline);
        var others = pipelines.All
            .Where(other => other.Name != pipeline.Name && destination.Serves(other) && destination.Account(other) == account && other.Cabinet?.IsSameAs(own) == true)
            .ToList();
        if (others.Count == 0 && pipelines.Invalid.Count == 0 && !await registry.WereRemovedAsync(time.GetUtcNow() - LeadDeduplicator.RecordWindow, cancellationToken))
        {
            return null;
        }

        return new SharedAccount([.. others.SelectMany(other => other.Cabinet!.Names).Union(own.Names, StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. others.Select(other => other.Name)]);
    }
}
