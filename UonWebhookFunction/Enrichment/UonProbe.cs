using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Tries U-ON's key by reading today's list of leads: it has no side effects and works with a read-only key.</summary>
public sealed class UonProbe(UonClient uon, TimeProvider time) : IHealthProbe
{
    public string Breaker => CircuitBreakerState.Uon;

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), settings.TimeZone).DateTime);
        return await uon.GetPageAsync(settings, RecordKind.Lead, today, today, 1, cancellationToken) switch
        {
            UonReply.Page or UonReply.NotFound or UonReply.Throttled => new ProbeResult(true, "U-ON accepts the key."),
            var failure => RecordSamples.Problem(failure),
        };
    }
}
