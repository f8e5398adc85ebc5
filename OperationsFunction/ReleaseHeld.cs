using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Sweep;

namespace UonOfferum.OperationsFunction;

/// <summary>Every half minute: probes what is held and lets it go on when it works again.</summary>
public sealed class ReleaseHeld(GateWarden warden)
{
    [Function(nameof(ReleaseHeld))]
    public Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => warden.RunAsync(cancellationToken);
}
