using Microsoft.Extensions.Logging;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Hooks;

namespace UonOfferum.OperationsFunction.Hooks;

/// <summary>
/// Checks the cabinets' webhooks: once a day, on an operator's request, and when a pipeline falls silent. A deleted webhook would
/// otherwise show only as silence.
/// </summary>
public sealed partial class HookWatch(
    PipelineCatalog pipelines, IHookRegistry registry, HookStore store, CircuitBreakerStore breakers, PublicAddress address, ILogger<HookWatch> logger)
{
    /// <summary>The daily job. A pipeline that is stopped misses no webhook.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines.All.Where(p => !p.IsStopped))
        {
            if (await breakers.FindOpenAsync(pipeline.Name, CircuitBreakerState.Uon, cancellationToken) is null)
            {
                await CheckAsync(pipeline, address.Known, cancellationToken);
            }
        }
    }

    /// <param name="pipeline">Whose cabinet.</param>
    /// <param name="at">The public address of this app; null: unknown.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<HookReport> CheckAsync(Pipeline pipeline, Uri? at, CancellationToken cancellationToken)
    {
        var report = await registry.CheckAsync(pipeline, at, cancellationToken);
        await KeepAsync(pipeline, report, cancellationToken);
        return report;
    }

    public async Task<HookReport> RegisterAsync(Pipeline pipeline, Uri at, CancellationToken cancellationToken)
    {
        var report = await registry.RegisterAsync(pipeline, at, cancellationToken);
        // Registration leaves other webhooks unchanged, so check the whole list again.
        await CheckAsync(pipeline, at, cancellationToken);
        return report;
    }

    private async Task KeepAsync(Pipeline pipeline, HookReport report, CancellationToken cancellationToken)
    {
        if (report.Items.Count == 0)
        {
            // An unreadable list provides no new information.
            Log.Unknown(logger, pipeline.Name, report.Problem ?? "");
            return;
        }

        await store.WriteAsync(pipeline.Name, report, cancellationToken);
        foreach (var item in report.Items.Where(i => !i.Works))
        {
            Log.Wrong(logger, pipeline.Name, item.TypeId, item.State, item.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1631, LogLevel.Warning, "{Pipeline}: the U-ON cabinet's webhook of event {Type} is {State}. {Message}")]
        public static partial void Wrong(ILogger logger, string pipeline, int type, HookState state, string message);

        [LoggerMessage(1632, LogLevel.Information, "{Pipeline}: the U-ON cabinet's webhooks could not be read. {Reason}")]
        public static partial void Unknown(ILogger logger, string pipeline, string reason);
    }
}
