using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace UonOfferum.Shared.Telemetry;

/// <summary>
/// Drops a share of the successful spans, and never another. A sampler decides at a span's start, when its status is not known
/// yet; this decides at its end. All spans of a trace get the same decision, on every instance.
/// </summary>
internal sealed class SuccessSampling(double ratio) : BaseProcessor<Activity>
{
    public const string Setting = "Telemetry:SuccessRatio";

    /// <summary>The share that the settings name. A value that is no share stops the start, so it counts as absent here.</summary>
    public static double Ratio(IConfiguration configuration) => TryRead(configuration[Setting], out var ratio) ? ratio : 1;

    /// <summary>What is wrong with the setting, with the remedy.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (!TryRead(configuration[Setting], out _))
        {
            yield return $"{Setting}: '{configuration[Setting]}' is not a number between 0 and 1. Write it with a point, such as 0.05; 1 exports every success.";
        }
    }

    public override void OnEnd(Activity data)
    {
        if (data.Status == ActivityStatusCode.Ok && !IsKept(data.TraceId, ratio))
        {
            // The exporters, which run after this, export only recorded spans.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    /// <summary>An informational log line follows the decision for its trace; a warning is always kept.</summary>
    public static bool IsTold(LogLevel level, double ratio) =>
        level >= LogLevel.Warning || (level == LogLevel.Information && (Activity.Current is not { } span || IsKept(span.TraceId, ratio)));

    private static bool TryRead(string? text, out double ratio)
    {
        ratio = 1;
        return string.IsNullOrWhiteSpace(text) || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out ratio) && ratio is >= 0 and <= 1);
    }

    private static bool IsKept(ActivityTraceId trace, double ratio)
    {
        Span<byte> bytes = stackalloc byte[16];
        trace.CopyTo(bytes);
        // The last bytes are random in every W3C trace id; the first need not be.
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) < ratio * uint.MaxValue || ratio >= 1;
    }
}
