using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>What U-ON's refusals mean for a write-back. Pure.</summary>
internal static class WriteBackReplies
{
    /// <summary>U-ON's 429 carries no Retry-After; its limit is per second.</summary>
    private static readonly TimeSpan AfterThrottling = TimeSpan.FromSeconds(2);

    public static DeliveryReply Read(UonReply reply) => reply switch
    {
        UonReply.Denied => new(DeliveryOutcome.Misconfigured)
        {
            Status = 403,
            Detail = "U-ON refuses the write: the key may not change records. Give it that permission in the cabinet, or remove Uon:WriteBack from the settings",
        },
        UonReply.Inactive => new(DeliveryOutcome.Misconfigured) { Detail = "The API is not switched on in the U-ON cabinet" },
        UonReply.Throttled throttled => new(DeliveryOutcome.Transient)
        {
            Status = 429,
            Detail = "U-ON throttled the request (429)",
            RetryAfter = throttled.RetryAfter ?? AfterThrottling,
            CountsAsTry = false,
        },
        UonReply.Unavailable unavailable => new(DeliveryOutcome.Transient) { Detail = WithoutStop(unavailable.Reason), RetryAfter = unavailable.RetryAfter },
        UonReply.NotFound => new(DeliveryOutcome.Rejected) { Detail = "U-ON no longer has the record" },
        UonReply.Failure failure => new(DeliveryOutcome.Rejected) { Detail = WithoutStop(failure.Reason) },
        _ => new(DeliveryOutcome.Unconfirmed) { Detail = "U-ON's answer does not confirm the write" },
    };

    /// <summary>The delivery stage adds the full stop.</summary>
    private static string WithoutStop(string reason) => reason.TrimEnd('.', ' ');
}
