using System.Text.Json;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The dates of a U-ON record.</summary>
public static class UonDates
{
    /// <summary>When the record was made: <c>dat</c>, else <c>dat_lead</c>; null when neither is a date. An empty date is "" or <c>0001-01-01 00:00</c> at U-ON.</summary>
    public static DateTimeOffset? CreatedAt(RecordFields fields, TimeZoneInfo zone) => First(name => fields[name], zone);

    /// <summary>The same, of a record in one of U-ON's lists.</summary>
    public static DateTimeOffset? CreatedAt(JsonElement item, TimeZoneInfo zone) => First(name => item.Text(name), zone);

    private static DateTimeOffset? First(Func<string, string?> field, TimeZoneInfo zone) =>
        FieldDates.Read(field("dat"), zone) ?? FieldDates.Read(field("dat_lead"), zone);
}
