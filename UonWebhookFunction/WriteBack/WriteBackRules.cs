using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>Prevents our own writes from counting as a correction of the record. Pure.</summary>
internal static class WriteBackRules
{
    /// <summary>The fields that a write-back changes in a record.</summary>
    private static readonly string[] Written = ["status_id", "status", "notes", "extended_fields", "dat_updated"];

    /// <summary>
    /// Whether a rejected record has something new to send. Our own writes fire the cabinet's webhooks (16, 17, 31, 72, 73); an order that was
    /// refused must not be resent because the refusal was written back.
    /// </summary>
    public static bool IsCorrected(Operation known, RecordFields read, FieldSet definitions)
    {
        var now = read.KeepingEdits(known.Fields);
        if (known.DeliveryTo(WriteBackDestination.DestinationName) is not { Sends: > 0 })
        {
            return !now.SameAs(known.Fields);
        }

        var ours = definitions.Reading(Written);
        return !now.Without(ours).SameAs(known.Fields.Without(ours));
    }
}
