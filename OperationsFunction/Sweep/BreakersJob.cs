using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>Tries the systems whose circuit breakers are open, and releases what was held.</summary>
internal sealed class BreakersJob(BreakerRecovery recovery) : IJob
{
    public string Name => "breakers";

    public JobSchedule Schedule { get; } = JobSchedule.Seconds(30);

    public Task RunAsync(CancellationToken cancellationToken) => recovery.RunAsync(cancellationToken);
}
