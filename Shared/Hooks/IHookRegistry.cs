using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Hooks;

/// <summary>Reads and corrects the webhooks of a pipeline's U-ON cabinet.</summary>
public interface IHookRegistry
{
    /// <param name="pipeline">Whose events and secrets count.</param>
    /// <param name="address">Where this app is reached; null: unknown, and only the path of a webhook is compared.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    Task<HookReport> CheckAsync(Pipeline pipeline, Uri? address, CancellationToken cancellationToken);

    /// <summary>Makes or corrects the webhooks for "lead created" and "request created"; numbers of other events differ between sources, so people choose those.</summary>
    Task<HookReport> RegisterAsync(Pipeline pipeline, Uri address, CancellationToken cancellationToken);
}
