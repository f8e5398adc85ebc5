namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Work that starts many operations at a limited rate and is continued by the job <c>replays</c>.</summary>
public interface IBulkRunner
{
    Task RunAsync(CancellationToken cancellationToken);
}
