using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Deliveries;

/// <summary>A flow («поток») of the account.</summary>
/// <param name="Id">The flow's code in the settings.</param>
/// <param name="Title">The title given by the account's owner.</param>
public sealed record AccountFlow(string Id, string Title);

/// <summary>A destination that can list what an account sells, so that operators need not copy codes.</summary>
public interface IAccountFlows
{
    /// <summary>The destination's section in the settings.</summary>
    string Section { get; }

    /// <returns>The flows, or why there are none.</returns>
    Task<(IReadOnlyList<AccountFlow> Flows, ProbeResult? Problem)> ListAsync(Pipeline pipeline, CancellationToken cancellationToken);
}
