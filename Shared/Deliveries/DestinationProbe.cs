using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Interprets the reply to a call without side effects as a check of a destination's credentials.</summary>
internal static class DestinationProbe
{
    /// <param name="reply">Delivered: the destination accepts the credentials.</param>
    /// <param name="destination">Its name, for the codes.</param>
    /// <param name="works">The message when the credentials work.</param>
    public static ProbeResult Probed(this DeliveryReply reply, string destination, string works) => reply.Outcome switch
    {
        DeliveryOutcome.Delivered => new ProbeResult(true, works),
        DeliveryOutcome.Misconfigured or DeliveryOutcome.Rejected => new ProbeResult(false, $"{reply.Detail}.", ErrorCodes.Denied(destination)),
        // The reply's detail refers to an order, but none was sent.
        DeliveryOutcome.Uncertain => new ProbeResult(false, $"{destination} did not answer.", ErrorCodes.Unavailable(destination)),
        _ => new ProbeResult(false, $"{destination} could not be checked: {reply.Detail}.", ErrorCodes.Unavailable(destination)),
    };
}
