using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Continues the running replays and backfills.</summary>
internal sealed class ReplaysJob(IEnumerable<IBulkRunner> runners) : IJob
{
    public string Name => "replays";

    public JobSchedule Schedule { get; } = JobSchedule.Seconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var runner in runners)
        {
            await runner.RunAsync(cancellationToken);
        }
    }
}
