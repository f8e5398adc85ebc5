using System.Diagnostics;
using OpenTelemetry;

namespace UonOfferum.Shared.Telemetry;

/// <summary>
/// Leaves out the worker's own span of each call that succeeded: <see cref="Traces"/> has a span for the same time that says more. A span
/// that failed is kept, because it may be all that is known of a call.
/// </summary>
internal sealed class WorkerSpanFilter : BaseProcessor<Activity>
{
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == WorkerSource && data.Status != ActivityStatusCode.Error)
        {
            // The exporters, which come after, take recorded spans only.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
