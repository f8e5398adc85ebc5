using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>What of an operation names a person, and the operation without it. Pure.</summary>
public static class PersonalData
{
    /// <summary>
    /// A record's fields, the webhook's words and the destinations' replies go, and with the phone its index row. State, order id, claim,
    /// outcome and the story stay: they keep the lead from being sold again, and settle disputes.
    /// </summary>
    public static Operation Strip(Operation operation) => operation with
    {
        Fields = RecordFields.Empty,
        Webhook = null,
        Deliveries = operation.Deliveries.ConvertAll(d => d with { ReplyBody = null }),
    };

    public static bool IsIn(Operation operation) =>
        operation.Fields.Count > 0 || operation.Webhook is not null || operation.Deliveries.Exists(d => d.ReplyBody is not null);

    /// <summary>What still goes on by itself needs its fields, however old it is. A doubt that only a person can end does not.</summary>
    public static bool IsNeeded(Operation operation) =>
        Promises.Of(operation).Any() || operation.State is OperationState.Held || operation.Deliveries.Exists(d => d.State is OperationState.Held);
}
