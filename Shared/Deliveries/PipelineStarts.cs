using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Keeps <see cref="PipelineRegistry"/> in step with the settings: at startup, and whenever a name is added or removed or an account changes. Does not access storage in between.</summary>
internal sealed partial class PipelineStarts(PipelineCatalog catalog, PipelineRegistry registry, AccountHashes hashes, TimeProvider time, ILogger<PipelineStarts> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        PipelineSnapshot? seen = null;
        string? recorded = null;
        while (true)
        {
            var current = catalog.Current;
            if (current.IsComplete && current != seen)
            {
                try
                {
                    var names = current.Names.ToHashSet(StringComparer.Ordinal);
                    var accounts = await hashes.AllAsync(current, stoppingToken);
                    var state = string.Join(';', names.Order(StringComparer.Ordinal).Select(name => $"{name}:{string.Join(',', accounts.GetValueOrDefault(name, []))}"));
                    if (state != recorded)
                    {
                        await registry.RecordAsync(names, stoppingToken, isComplete: true, accounts);
                        recorded = state;
                    }

                    seen = current;
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
