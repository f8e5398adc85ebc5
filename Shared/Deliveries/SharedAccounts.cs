using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Several pipelines that send the records of one cabinet to one account.</summary>
/// <param name="CabinetNames">The names of the cabinet, for hashes, each pipeline's in the same order: one contains the key. A pipeline may know only some of them.</param>
/// <param name="Others">The other pipelines, and those without settings that sold there before; none if only pipelines of earlier versions can have sent there.</param>
internal sealed record SharedAccount(IReadOnlyList<string> CabinetNames, IReadOnlyList<string> Others)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(SharedAccount);
}

/// <summary>Finds pipelines that send the records of one cabinet to one account. Reads the settings, and which pipelines were removed from them.</summary>
public sealed class SharedAccounts(PipelineCatalog pipelines, PipelineRegistry registry, AccountHashes hashes, TimeProvider time)
{
    /// <summary>The ten seconds within which every instance reads a publication, and in reserve one read that fails by its timeout of ten seconds.</summary>
    internal static readonly TimeSpan PublicationReach = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Null when no other pipeline sends from this cabinet to that account, or when <c>SameRecord</c> lets each of them sell. An invalid or retired pipeline
    /// may have sold a record there: its settings do not say, but its row in the registry does if this version ran it.
    /// </summary>
    internal async ValueTask<SharedAccount?> FindAsync(Pipeline pipeline, IDestination destination, CancellationToken cancellationToken)
    {
        var current = pipelines.Current;
        if (Others(current, pipeline, destination) is not { } others)
        {
            return null;
        }

        var since = time.GetUtcNow() - LeadDeduplicator.RecordWindow;
        var someAreMissing = current.Invalid.Count > 0 || await registry.WereRemovedAsync(since, cancellationToken);
        if (others.Count == 0 && !someAreMissing)
        {
            return null;
        }

        var missing = someAreMissing ? await FindMissingAsync(pipeline, destination, since, cancellationToken) : [];

        return new SharedAccount(
            [.. others.SelectMany(other => other.Cabinet!.Names).Union(pipeline.Cabinet!.Names, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. others.Select(other => other.Name), .. missing]);
    }

    /// <summary>Pipelines without settings that sold there. One that was only renamed is among them, under its former name.</summary>
    private async Task<IEnumerable<string>> FindMissingAsync(Pipeline pipeline, IDestination destination, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var own = await hashes.OfAsync(pipeline, destination, cancellationToken);
        // The registry reads the settings of now: the pipeline itself may have become invalid since.
        return (await registry.WithoutSettingsAsync(since, cancellationToken))
            .Where(known => known.Name != pipeline.Name && known.Accounts.Intersect(own, StringComparer.Ordinal).Any())
            .Select(known => known.Name);
    }

    /// <summary>
    /// When another pipeline's order of the same record can be trusted to be found; null: now. Until every instance knows the settings of all pipelines of
    /// the account, one that does not may decide to send without looking, and its claim may be written as late as a claim may be: half of the lease,
    /// which is the longest timeout of these pipelines. Whoever knows the settings waits, whichever of the pipelines is new. Reads no storage. A pipeline whose
    /// settings are unknown here is no reason to wait: its orders are found by its row only, whenever that is.
    /// </summary>
    internal DateTimeOffset? KnownEverywhereAt(Pipeline pipeline, IDestination destination)
    {
        var (current, now) = (pipelines.Current, time.GetUtcNow());
        // Almost always: nothing was published lately, and nothing needs to be compared.
        if (!current.All.Any(other => other.PublishedAt + PublicationReach + DeliverySettings.LongestTimeout > now) || Others(current, pipeline, destination) is not { Count: > 0 } others)
        {
            return null;
        }

        // The late claim may be any pipeline's.
        var sharing = others.Append(pipeline).ToList();
        var known = sharing.Max(one => one.PublishedAt) + PublicationReach + sharing.Max(one => destination.Policy(one).Timeout);
        return known > now ? known : null;
    }

    /// <summary>Null when records are not compared.</summary>
    private static List<Pipeline>? Others(PipelineSnapshot current, Pipeline pipeline, IDestination destination)
    {
        if (destination.IsReport || destination.Policy(pipeline).SameRecord == SameRecordPolicy.Send || pipeline.Cabinet is not { } own)
        {
            return null;
        }

        var account = destination.Account(pipeline);
        return [.. current.All
            .Where(other => other.Name != pipeline.Name && destination.Serves(other) && destination.Account(other) == account && other.Cabinet?.IsSameAs(own) == true)];
    }
}
