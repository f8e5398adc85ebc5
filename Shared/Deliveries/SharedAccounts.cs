using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Several pipelines that send the records of one cabinet to one account.</summary>
/// <param name="Cabinet">Names the cabinet, for a hash: may be a key.</param>
/// <param name="Others">The other pipelines.</param>
internal sealed record SharedAccount(string Cabinet, IReadOnlyList<string> Others)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(SharedAccount);
}

/// <summary>Finds pipelines that send the records of one cabinet to one account. Reads only the settings.</summary>
public sealed class SharedAccounts(PipelineCatalog pipelines)
{
    /// <summary>Null when no other pipeline sends from this cabinet to that account, or when <c>SameRecord</c> lets each of them sell.</summary>
    internal SharedAccount? Find(Pipeline pipeline, IDestination destination)
    {
        if (destination.IsReport || destination.Policy(pipeline).SameRecord == SameRecordPolicy.Send || pipeline.Cabinet is not { } own)
        {
            return null;
        }

        var account = destination.Account(pipeline);
        var others = pipelines.All
            .Where(other => other.Name != pipeline.Name && destination.Serves(other) && destination.Account(other) == account && other.Cabinet?.IsSameAs(own) == true)
            .ToList();
        // One pipeline may name the cabinet by its number and another by its key only: all of them use one name.
        return others.Count == 0
            ? null
            : new SharedAccount(others.Select(other => other.Cabinet!.Name).Append(own.Name).Order(StringComparer.Ordinal).First(), [.. others.Select(other => other.Name)]);
    }
}
