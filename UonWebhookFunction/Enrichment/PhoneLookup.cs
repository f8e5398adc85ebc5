using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Text;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>The result of the search for a phone.</summary>
internal abstract record PhoneResult;

internal sealed record PhoneFound(RecordFields Fields) : PhoneResult;

internal sealed record NoPhoneYet : PhoneResult;

internal sealed record BadPhone : PhoneResult;

internal sealed record PhoneLookupFailed(UonReply Reply) : PhoneResult;

/// <summary>
/// Looks for a usable phone in the record, then in the webhook's <c>client[…]</c>, then on the client's card, then in the <c>client[…]</c> of an
/// earlier webhook. Each source is read only if the previous ones had no valid phone.
/// </summary>
public sealed class PhoneLookup(UonClient uon)
{
    /// <summary>U-ON's way to say that a text is missing.</summary>
    private const string None = "0";

    internal async Task<PhoneResult> FindAsync(
        Pipeline pipeline, UonSettings settings, StageMessage message, UonReply.Found found, RecordFields fields, CancellationToken cancellationToken)
    {
        var inRecord = pipeline.Fields.Candidates(PhoneIndex.PhoneField, found.Document).Where(text => text.Trim() != None).ToList();
        var inWebhook = Of(message.Webhook?.Client);
        if (Choose(pipeline, fields, inRecord.Concat(inWebhook)) is { } phone)
        {
            return phone;
        }

        IReadOnlyList<string> onCard = [];
        if (ClientId(found) is { } clientId)
        {
            switch (await uon.GetUserAsync(settings, clientId, cancellationToken))
            {
                case UonReply.Found user:
                    var card = Card(user.Record);
                    onCard = Of(card);
                    fields = ClientFields.Complete(fields, card);
                    if (Choose(pipeline, fields, onCard) is { } onTheCard)
                    {
                        return onTheCard;
                    }

                    break;
                case UonReply.NotFound:
                // A key may be allowed to read records and no clients: to wait for the card would be to wait for ever.
                case UonReply.Denied when Of(message.Webhook?.EarlierClient).Count > 0:
                    break;
                case var failed:
                    return new PhoneLookupFailed(failed);
            }
        }

        var earlier = Of(message.Webhook?.EarlierClient);
        if (Choose(pipeline, fields, earlier) is { } inEarlier)
        {
            return inEarlier;
        }

        return inRecord.Count + inWebhook.Count + onCard.Count + earlier.Count > 0 ? new BadPhone() : new NoPhoneYet();
    }

    private static PhoneFound? Choose(Pipeline pipeline, RecordFields fields, IEnumerable<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (PhoneNumber.TryRead(candidate, pipeline.PhoneRegion, out var phone))
            {
                return new PhoneFound(fields.With([new(PhoneIndex.PhoneField, phone.E164), new("country", phone.Country)]));
            }
        }

        return null;
    }

    private static IReadOnlyList<string> Of(IReadOnlyDictionary<string, string>? client) =>
        client is null ? [] : [.. ClientFields.Phones.Where(client.ContainsKey).Select(n => client[n])];

    private static long? ClientId(UonReply.Found found) =>
        found.Record.ValueKind == JsonValueKind.Object && found.Record.TryGetProperty("client_id", out var value)
        && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : null;

    private static Dictionary<string, string> Card(JsonElement user)
    {
        var card = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in user.EnumerateObject().Where(p => p.Name.StartsWith("u_", StringComparison.Ordinal)))
        {
            if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && JsonScalar.Text(property.Value)?.Trim() is { Length: > 0 and < 200 } text && text != None)
            {
                card[property.Name] = text;
            }
        }

        return card;
    }
}
