using System.Globalization;
using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>Applies a <see cref="UonQuirk"/> to a lead or a request.</summary>
internal static class UonQuirks
{
    private static readonly string[] Optional =
    [
        "dat_close", "office_id", "office_name", "travel_type_id", "travel_type", "manager_id", "manager_surname", "manager_sname",
        "manager_name", "source_id", "source", "date_begin", "date_end", "notes", "utm_source", "utm_medium", "utm_campaign", "utm_content",
        "utm_term", "calc_price",
    ];

    private static readonly string[] Dates = ["dat_lead", "dat", "dat_request", "dat_updated", "created_at"];

    public static void Apply(UonQuirk quirk, UonRecord record)
    {
        if (record.Kind == UonRecordKind.User)
        {
            throw new ArgumentException("Quirks are for leads and requests.", nameof(record));
        }

        var client = InventedClient.Of(record.Kind, record.Id);
        var tail = client.PhoneTail;
        _ = quirk switch
        {
            UonQuirk.IdsAsText => Change(record, IsId, old => old?.ToString()),
            UonQuirk.OptionalFieldsNull => Change(record, Optional.Contains, _ => null),
            UonQuirk.OptionalFieldsEmpty => Change(record, Optional.Contains, _ => ""),
            UonQuirk.OptionalFieldsAbsent => Optional.Aggregate(record, (left, name) => left.Without(name)),
            UonQuirk.ClientFieldsNull => NoClient(record),
            UonQuirk.HtmlEntityInStatus => record.With("status", "Новая &rarr; &quot;В работе&quot;"),
            UonQuirk.RecordAsObject => AsObject(record),
            UonQuirk.ByteOrderMark => WithByteOrderMark(record),
            UonQuirk.DatesOfYearOne => Change(record, Dates.Contains, _ => "0001-01-01 00:00"),
            UonQuirk.DatesWithoutSeconds => Change(record, Dates.Contains, old => old!.ToString()[..16]),
            UonQuirk.MoneyWithComma => record.With("calc_price", "184500,50").With("is_archive", false),
            UonQuirk.PhoneOnlyInMobile => record.With("client_phone", ""),
            UonQuirk.PhoneOnlyInPhone => record.With("client_phone_mobile", null),
            UonQuirk.PhoneWithLeadingSpace => record.WithPhone(" " + client.Phone[1..], client.Phone),
            UonQuirk.PhoneWithEight => record.WithPhone("8" + client.Phone[2..], client.Phone),
            UonQuirk.PhoneFormatted => record.WithPhone($"8 ({client.Phone[2..5]}) {tail[..3]}-{tail[3..5]}-{tail[5..]}", client.Phone),
            UonQuirk.PhoneOfTenDigits => record.WithPhone(client.Phone[2..], client.Phone),
            UonQuirk.PhoneAsNumber => PhoneAsNumber(record, client.Phone),
            UonQuirk.PhoneOfBelarus => Foreign(record, (client.Second ? "+37544" : "+37529") + tail),
            UonQuirk.PhoneOfKazakhstan => Foreign(record, (client.Second ? "+7702" : "+7701") + tail),
            UonQuirk.PhoneOfUkraine => Foreign(record, (client.Second ? "+38067" : "+38050") + tail),
            UonQuirk.PhoneInWords => record.WithPhone("не указан", e164: null),
            UonQuirk.PhoneMissing => record.WithPhone(shown: null, e164: null),
            _ => throw new ArgumentOutOfRangeException(nameof(quirk), quirk, "Not a quirk."),
        };
    }

    private static bool IsId(string name) => name == "id" || name.EndsWith("_id", StringComparison.Ordinal);

    private static UonRecord Foreign(UonRecord record, string phone) => record.WithPhone(phone, phone);

    private static UonRecord NoClient(UonRecord record)
    {
        Change(record, name => name.StartsWith("client_", StringComparison.Ordinal), _ => null);
        record.E164 = null;
        return record;
    }

    private static UonRecord PhoneAsNumber(UonRecord record, string phone)
    {
        var digits = long.Parse(phone.AsSpan(1), CultureInfo.InvariantCulture);
        record.E164 = phone;
        return record.With("client_phone", digits).With("client_phone_mobile", digits);
    }

    private static UonRecord AsObject(UonRecord record)
    {
        record.AsObject = true;
        return record;
    }

    private static UonRecord WithByteOrderMark(UonRecord record)
    {
        record.ByteOrderMark = true;
        return record;
    }

    private static UonRecord Change(UonRecord record, Func<string, bool> which, Func<JsonNode?, JsonNode?> change)
    {
        foreach (var name in record.FieldNames().Where(which))
        {
            record.With(name, change(record.Node(name)));
        }

        return record;
    }
}
