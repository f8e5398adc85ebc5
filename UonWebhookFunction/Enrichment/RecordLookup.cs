using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Fetches a record, judges whether it is for sale, and reads what the destinations need.</summary>
public sealed class RecordLookup(UonClient uon, PhoneLookup phones, TimeProvider time)
{
    internal async Task<EnrichOutcome> LookAsync(Pipeline pipeline, StageMessage message, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        if (message.Kind != RecordKind.Auto)
        {
            var reply = await uon.GetRecordAsync(settings, message.Kind, message.Id, cancellationToken);
            return reply is UonReply.Found found
                ? await JudgeAsync(pipeline, settings, message, message.Kind, found, null, cancellationToken)
                : Trouble(reply, message.Kind, message.Id);
        }

        var lead = uon.GetRecordAsync(settings, RecordKind.Lead, message.Id, cancellationToken);
        var request = uon.GetRecordAsync(settings, RecordKind.Request, message.Id, cancellationToken);
        return await ChooseAsync(pipeline, settings, message, await lead, await request, cancellationToken);
    }

    /// <summary>Both tables were asked (rule 11).</summary>
    private async Task<EnrichOutcome> ChooseAsync(
        Pipeline pipeline, UonSettings settings, StageMessage message, UonReply lead, UonReply request, CancellationToken cancellationToken)
    {
        switch (lead, request)
        {
            case (UonReply.Found found, UonReply.NotFound):
                return await JudgeAsync(pipeline, settings, message, RecordKind.Lead, found, null, cancellationToken);
            case (UonReply.NotFound, UonReply.Found found):
                return await JudgeAsync(pipeline, settings, message, RecordKind.Request, found, null, cancellationToken);
            case (UonReply.Found, UonReply.Found):
                break;
            default:
                // One of the two is in trouble, or both are missing: the trouble decides, for it may hide the record.
                return Trouble(lead is UonReply.Found or UonReply.NotFound ? request : lead, RecordKind.Auto, message.Id);
        }

        var (leadFound, requestFound) = ((UonReply.Found)lead, (UonReply.Found)request);
        var leadAt = UonDates.CreatedAt(pipeline.Fields.Read(leadFound.Document), settings.TimeZone);
        var requestAt = UonDates.CreatedAt(pipeline.Fields.Read(requestFound.Document), settings.TimeZone);
        if (leadAt is null || requestAt is null || leadAt == requestAt)
        {
            return new EnrichOutcome.Fail(RecordKind.Auto, RecordFields.Empty, ErrorCodes.AmbiguousKind,
                $"U-ON has both a lead and a request with number {message.Id}, and their dates do not tell which was meant. Set Uon:Record to lead or request, or let the webhook send type_id.");
        }

        var (kind, newer) = leadAt > requestAt ? (RecordKind.Lead, leadFound) : (RecordKind.Request, requestFound);
        return await JudgeAsync(pipeline, settings, message, kind, newer,
            $"U-ON has both a lead and a request with this number; the newer, a {kind.Name()}, was taken", cancellationToken);
    }

    private async Task<EnrichOutcome> JudgeAsync(
        Pipeline pipeline, UonSettings settings, StageMessage message, RecordKind kind, UonReply.Found found, string? ambiguous, CancellationToken cancellationToken)
    {
        var fields = pipeline.Fields.Read(found.Document);
        var createdAt = UonDates.CreatedAt(fields, settings.TimeZone);
        var now = time.GetUtcNow();
        fields = ClientFields.Complete(fields, message.Webhook?.Client).With(
            [new(RecordFields.OrderTime, (createdAt ?? message.Webhook?.ReceivedAt ?? now).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        if (createdAt is { } created && created < now - settings.MaxAge)
        {
            return new EnrichOutcome.Skip(kind, fields, ErrorCodes.TooOld, $"The record is from {created:u}, older than Uon:MaxAge ({settings.MaxAge:c}).");
        }

        foreach (var rule in pipeline.Filter)
        {
            if (rule.Refusal(fields, now) is { } refusal)
            {
                return new EnrichOutcome.Skip(kind, fields, ErrorCodes.Filtered, $"The filter '{rule.Name}' does not let it pass: {refusal}.");
            }
        }

        return await phones.FindAsync(pipeline, settings, message, found, fields, cancellationToken) switch
        {
            PhoneFound phone => new EnrichOutcome.Ready(kind, phone.Fields, ambiguous),
            NoPhoneYet => new EnrichOutcome.NotYet(kind, fields, ErrorCodes.NoPhone,
                "Neither the record, nor the webhook, nor the client's card has a phone. Enter one in U-ON and fetch the record again."),
            BadPhone => new EnrichOutcome.Fail(kind, fields, ErrorCodes.BadPhone,
                "What stands in the phone fields is no phone number. Correct it here or in U-ON, and send again."),
            PhoneTrouble trouble => Trouble(trouble.Reply, kind, message.Id),
            var other => throw new InvalidOperationException($"Not a result of a phone lookup: {other.GetType().Name}."),
        };
    }

    private static EnrichOutcome Trouble(UonReply reply, RecordKind kind, long id) => reply switch
    {
        UonReply.NotFound => new EnrichOutcome.NotYet(kind, RecordFields.Empty, ErrorCodes.RecordNotFound,
            $"U-ON has no {(kind == RecordKind.Auto ? "lead or request" : kind.Name())} with number {id}. Check Uon:Record and the event type of the webhook."),
        UonReply.Throttled throttled => new EnrichOutcome.Throttled(kind, throttled.RetryAfter),
        UonReply.Unavailable unavailable => new EnrichOutcome.Unavailable(kind, unavailable.Reason, unavailable.RetryAfter),
        UonReply.Denied denied => new EnrichOutcome.Hold(kind, ErrorCodes.UonDenied,
            $"{denied.Reason} Check Uon:ApiKey and the key's list of addresses in the U-ON cabinet."),
        UonReply.Inactive => new EnrichOutcome.Hold(kind, ErrorCodes.UonInactive, "The API is not switched on in the U-ON cabinet: switch it on under API / WebHooks."),
        UonReply.Unreadable unreadable => new EnrichOutcome.Fail(kind, RecordFields.Empty, ErrorCodes.UonUnreadable, unreadable.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.GetType().Name, "Not trouble."),
    };
}
