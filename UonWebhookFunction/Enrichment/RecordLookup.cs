using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Fetches a record, decides whether it is for sale, and reads what the destinations need.</summary>
public sealed class RecordLookup(UonClient uon, PhoneLookup phones, TimeProvider time)
{
    /// <param name="pipeline">The pipeline whose settings apply.</param>
    /// <param name="message">The record's id and its webhook's metadata.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <param name="chosen">Receives the evaluated record, so that the caller can show it.</param>
    internal async Task<EnrichOutcome> FetchAsync(
        Pipeline pipeline, StageMessage message, CancellationToken cancellationToken, Action<UonReply.Found>? chosen = null)
    {
        var settings = pipeline.Get<UonSettings>();
        if (message.Kind != RecordKind.Auto)
        {
            var reply = await uon.GetRecordAsync(settings, message.Kind, message.Id, cancellationToken);
            return reply is UonReply.Found found
                ? await ClassifyAsync(pipeline, settings, message, message.Kind, found, null, chosen, cancellationToken)
                : Failure(reply, message.Kind, message.Id);
        }

        var lead = uon.GetRecordAsync(settings, RecordKind.Lead, message.Id, cancellationToken);
        var request = uon.GetRecordAsync(settings, RecordKind.Request, message.Id, cancellationToken);
        return await ChooseAsync(pipeline, settings, message, await lead, await request, chosen, cancellationToken);
    }

    /// <summary>Chooses between the replies of both tables (rule 11).</summary>
    private async Task<EnrichOutcome> ChooseAsync(
        Pipeline pipeline, UonSettings settings, StageMessage message, UonReply lead, UonReply request, Action<UonReply.Found>? chosen, CancellationToken cancellationToken)
    {
        switch (lead, request)
        {
            case (UonReply.Found found, UonReply.NotFound):
                return await ClassifyAsync(pipeline, settings, message, RecordKind.Lead, found, null, chosen, cancellationToken);
            case (UonReply.NotFound, UonReply.Found found):
                return await ClassifyAsync(pipeline, settings, message, RecordKind.Request, found, null, chosen, cancellationToken);
            case (UonReply.Found, UonReply.Found):
                break;
            default:
                // One of the two lookups failed, or both records are missing: a failure takes precedence, because it may hide the record.
                return Failure(lead is UonReply.Found or UonReply.NotFound ? request : lead, RecordKind.Auto, message.Id);
        }

        var (leadFound, requestFound) = ((UonReply.Found)lead, (UonReply.Found)request);
        var leadAt = UonDates.CreatedAt(pipeline.Fields.Read(leadFound.Document), settings.TimeZone);
        var requestAt = UonDates.CreatedAt(pipeline.Fields.Read(requestFound.Document), settings.TimeZone);
        if (leadAt is null || requestAt is null || leadAt == requestAt)
        {
            return new EnrichOutcome.Fail(RecordKind.Auto, RecordFields.Empty, ErrorCodes.AmbiguousKind,
                $"U-ON has both a lead and a request with number {message.Id}, and their dates do not show which one is meant. Set Uon:Record to lead or request, or let the webhook send type_id.");
        }

        var (kind, newer) = leadAt > requestAt ? (RecordKind.Lead, leadFound) : (RecordKind.Request, requestFound);
        return await ClassifyAsync(pipeline, settings, message, kind, newer,
            $"U-ON has both a lead and a request with this number; the newer one, a {kind.Name()}, was used", chosen, cancellationToken);
    }

    private async Task<EnrichOutcome> ClassifyAsync(
        Pipeline pipeline, UonSettings settings, StageMessage message, RecordKind kind, UonReply.Found found, string? ambiguous, Action<UonReply.Found>? chosen, CancellationToken cancellationToken)
    {
        chosen?.Invoke(found);
        var fields = pipeline.Fields.Read(found.Document);
        var createdAt = UonDates.CreatedAt(fields, settings.TimeZone);
        var now = time.GetUtcNow();
        fields = ClientFields.Complete(fields, message.Webhook?.Client).With(
            [new(RecordFields.OrderTime, (createdAt ?? message.Webhook?.ReceivedAt ?? now).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        if (createdAt is { } created && created < now - settings.MaxAge)
        {
            return new EnrichOutcome.Skip(kind, fields, ErrorCodes.TooOld, $"The record is from {created:u}, older than Uon:MaxAge ({settings.MaxAge:c}).");
        }

        var complete = WithEarlierClient(fields);
        foreach (var rule in pipeline.Filter)
        {
            if (rule.Refusal(complete, now) is { } refusal)
            {
                return new EnrichOutcome.Skip(kind, complete, ErrorCodes.Filtered, $"The record does not pass the filter '{rule.Name}': {refusal}.");
            }
        }

        return await phones.FindAsync(pipeline, settings, message, found, fields, cancellationToken) switch
        {
            PhoneFound phone => new EnrichOutcome.Ready(kind, WithEarlierClient(phone.Fields), ambiguous),
            NoPhoneYet => new EnrichOutcome.NotYet(kind, complete, ErrorCodes.NoPhone,
                "Neither the record, nor the webhook, nor the client's card has a phone. Enter one in U-ON and fetch the record again."),
            BadPhone => new EnrichOutcome.Fail(kind, complete, ErrorCodes.BadPhone,
                "The phone fields do not contain a phone number. Correct it here or in U-ON, and send again."),
            PhoneLookupFailed failed => Failure(failed.Reply, kind, message.Id),
            var other => throw new InvalidOperationException($"Not a result of a phone lookup: {other.GetType().Name}."),
        };

        RecordFields WithEarlierClient(RecordFields read) => ClientFields.Complete(read, message.Webhook?.EarlierClient);
    }

    private static EnrichOutcome Failure(UonReply reply, RecordKind kind, long id) => reply switch
    {
        UonReply.NotFound => new EnrichOutcome.NotYet(kind, RecordFields.Empty, ErrorCodes.RecordNotFound,
            $"U-ON has no {(kind == RecordKind.Auto ? "lead or request" : kind.Name())} with number {id}. Check Uon:Record and the event type of the webhook."),
        UonReply.Throttled throttled => new EnrichOutcome.Throttled(kind, throttled.RetryAfter),
        UonReply.Unavailable unavailable => new EnrichOutcome.Unavailable(kind, unavailable.Reason, unavailable.RetryAfter),
        UonReply.Denied denied => new EnrichOutcome.Hold(kind, ErrorCodes.UonDenied,
            $"{denied.Reason} Check Uon:ApiKey and the key's list of addresses in the U-ON cabinet."),
        UonReply.Inactive => new EnrichOutcome.Hold(kind, ErrorCodes.UonInactive, "The API is not switched on in the U-ON cabinet: switch it on under API / WebHooks."),
        UonReply.Unreadable unreadable => new EnrichOutcome.Fail(kind, RecordFields.Empty, ErrorCodes.UonUnreadable, unreadable.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.GetType().Name, "Not a failure."),
    };
}
