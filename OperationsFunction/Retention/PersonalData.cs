using System.Text.RegularExpressions;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>The operation without its personal data. Pure.</summary>
public static partial class PersonalData
{
    /// <summary>
    /// Removes the record's fields, the webhook's metadata, the destinations' replies, the operators' notes and the phone's index row. State, order id, claim,
    /// outcome and the other events stay: they prevent a second sale and settle disputes.
    /// </summary>
    public static Operation Redact(Operation operation) => operation with
    {
        Fields = RecordFields.Empty,
        Webhook = null,
        PersonalSince = null,
        Parked = null,
        Deliveries = operation.Deliveries.ConvertAll(d => d with { ReplyBody = null }),
        // Earlier versions stored the old values of corrected fields in the story, masked.
        Events = operation.Events.ConvertAll(e => e.Name == EventNames.Edited && e.Detail is { } detail ? e with { Detail = FormerValue().Replace(detail, "") } : e.WithoutNote()),
    };

    /// <summary>
    /// Unfinished operations need their fields, whatever their age. Uncertain deliveries awaiting manual resolution do not need theirs, and a report to U-ON
    /// uses none.
    /// </summary>
    public static bool IsNeeded(Operation operation) =>
        operation.Parked is not null || Outbox.Of(operation).Any() || operation.Enrichment == EnrichmentState.Held || operation.Orders.Any(d => d.State == DeliveryState.Held);

    [GeneratedRegex(@" \(was [^)]*\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormerValue();
}
