using System.Diagnostics;
using OpenTelemetry;

namespace UonOfferum.Shared.Telemetry;

/// <summary>
/// Drops the worker's own span of each successful call: <see cref="Traces"/> has a more detailed span for the same time. A span
/// that failed is kept, because it may be the only record of a call.
/// </summary>
internal sealed class WorkerSpanFilter : BaseProcessor<Activity>
{
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == WorkerSource && data.Status != ActivityStatusCode.Error)
        {
            // The exporters, which run after this, export only recorded spans.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
