using UonOfferum.Shared.Fields;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>The client's values under U-ON's two spellings: <c>u_name</c> on the client's card and in webhooks, <c>client_name</c> in a record.</summary>
internal static class ClientFields
{
    public static readonly IReadOnlyList<string> Phones = ["u_phone_mobile", "u_phone"];

    private static readonly (string Record, string Card)[] Names =
    [
        ("client_surname", "u_surname"),
        ("client_name", "u_name"),
        ("client_sname", "u_sname"),
        ("client_phone_mobile", "u_phone_mobile"),
        ("client_phone", "u_phone"),
        ("client_email", "u_email"),
    ];

    /// <summary>Fills only gaps: the record's own values are not changed.</summary>
    public static RecordFields Complete(RecordFields fields, IReadOnlyDictionary<string, string>? card)
    {
        if (card is null or { Count: 0 })
        {
            return fields;
        }

        return fields.With(Names
            .Where(n => fields[n.Record] is null && card.TryGetValue(n.Card, out _))
            .Select(n => KeyValuePair.Create(n.Record, card[n.Card])));
    }
}
