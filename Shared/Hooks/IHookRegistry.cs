using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Hooks;

/// <summary>Reads and corrects the webhooks of a pipeline's U-ON cabinet.</summary>
public interface IHookRegistry
{
    /// <param name="pipeline">The pipeline whose events and secrets apply.</param>
    /// <param name="address">The public address of this app; null: unknown, so only the path of a webhook is compared.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    Task<HookReport> CheckAsync(Pipeline pipeline, Uri? address, CancellationToken cancellationToken);

    /// <summary>Creates or corrects the webhooks for "lead created" and "request created"; the sources disagree about other events' numbers, so operators choose those.</summary>
    Task<HookReport> RegisterAsync(Pipeline pipeline, Uri address, CancellationToken cancellationToken);
}
