using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>Checks whether the key may write, by an update of record 0, which no cabinet has: U-ON rejects an invalid key before it looks for the record.</summary>
public sealed class WriteBackProbe(UonClient uon) : IHealthProbe
{
    private const long NoRecord = 0;

    public string Breaker => WriteBackDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Get<UonSettings>().WriteBack.IsOn;

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken) =>
        await uon.UpdateRecordAsync(pipeline.Get<UonSettings>(), NoRecord, [], cancellationToken) switch
        {
            UonReply.Denied or UonReply.Inactive => new ProbeResult(
                false, "The key may not change records in U-ON. Give it that permission in the cabinet.", ErrorCodes.Denied(Breaker)),
            UonReply.Unavailable unavailable => new ProbeResult(false, unavailable.Reason, ErrorCodes.Unavailable(Breaker)),
            _ => new ProbeResult(true, "The key may change records in U-ON."),
        };
}
