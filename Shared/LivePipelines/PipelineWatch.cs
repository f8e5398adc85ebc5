using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.LivePipelines;

/// <summary>Polls every few seconds for revisions that other instances published, and stops if nothing can ever change.</summary>
internal sealed partial class PipelineWatch(PipelineRefresh refresh, PipelineCatalog catalog, TimeProvider time, ILogger<PipelineWatch> logger) : BackgroundService
{
    /// <summary>A revision is live on all instances after this time and one request, well within the promised ten seconds (<see cref="Deliveries.SharedAccounts.PublicationReach"/> relies on them).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>How long startup waits for the first read; after that pipelines kept as code run, and requests for unknown names get "retry later".</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (refresh.IsIdle)
        {
            return;
        }

        catalog.AwaitStore();
        using var patience = new CancellationTokenSource(StartPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await TryAsync(either.Token);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (!refresh.IsIdle && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await refresh.RunAsync(cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) || e is OperationCanceledException)
        {
            Log.Away(logger, e.GetType().Name);
        }
#pragma warning disable CA1031 // One unreadable row must not end the polling until a restart: it is logged, and read again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.Unexpected(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1713, LogLevel.Warning, "The pipeline store does not answer ({Cause}). Running pipelines continue; trying again in a few seconds")]
        public static partial void Away(ILogger logger, string cause);

        [LoggerMessage(1714, LogLevel.Error, "The pipeline store could not be read. Running pipelines continue; trying again in a few seconds")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
