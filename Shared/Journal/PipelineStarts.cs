using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Journal;

/// <summary>Keeps <see cref="PipelineRegistry"/> in step with the settings: at startup, and whenever a name is added or removed. Does not access storage in between.</summary>
internal sealed partial class PipelineStarts(PipelineCatalog catalog, PipelineRegistry registry, TimeProvider time, ILogger<PipelineStarts> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IReadOnlySet<string>? recorded = null;
        while (true)
        {
            var names = catalog.Names.ToHashSet(StringComparer.Ordinal);
            if (catalog.Current.IsComplete && recorded?.SetEquals(names) != true)
            {
                try
                {
                    await registry.RecordAsync(names, stoppingToken, isComplete: true);
                    recorded = names;
                }
#pragma warning disable CA1031 // Storage may be unavailable at startup; reconciliation stays off until this is written, so retry until it succeeds.
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    Log.NotRecorded(logger, e.GetType().Name);
                }
            }

            await Task.Delay(Between, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1006, LogLevel.Warning, "The start of the pipelines could not be recorded ({Cause}); trying again in five seconds")]
        public static partial void NotRecorded(ILogger logger, string cause);
    }
}
