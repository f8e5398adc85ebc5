using System.Globalization;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Webhook;

/// <summary>Decides which webhooks a pipeline ignores. Checked before the record's number, which other events may lack. Pure.</summary>
internal static class WebhookFilter
{
    /// <summary>Why the webhook is ignored; null when it is accepted.</summary>
    public static string? Ignores(UonWebhook webhook, UonSettings settings)
    {
        if (settings.CabinetId is { } cabinet && webhook.CabinetId != cabinet)
        {
            return "it comes from another cabinet (Uon:CabinetId)";
        }

        if (webhook.EventType is not { } type)
        {
            return null;
        }

        if (!settings.Events.Contains(type))
        {
            return string.Create(CultureInfo.InvariantCulture, $"event type {type} is not accepted (Uon:Events)");
        }

        var kind = UonEvents.KindOf(type, webhook.IsLead, settings.Record);
        return settings.Record != RecordKind.Auto && kind != settings.Record
            ? string.Create(CultureInfo.InvariantCulture, $"event type {type} is about a {kind.Name()}, but only a {settings.Record.Name()} is accepted (Uon:Record)")
            : null;
    }
}
