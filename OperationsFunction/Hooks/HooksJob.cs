using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Hooks;

/// <summary>Checks the webhooks of the U-ON cabinets.</summary>
internal sealed class HooksJob(HookWatch watch) : IJob
{
    /// <summary>Once a day, at twenty past seven in Moscow: before an agency opens.</summary>
    private const int Day = 24 * 60, Morning = 4 * 60 + 20;

    public string Name => "hooks";

    public JobSchedule Schedule { get; } = JobSchedule.Minutes(Day, offset: Morning);

    public Task RunAsync(CancellationToken cancellationToken) => watch.RunAsync(cancellationToken);
}
