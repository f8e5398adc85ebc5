using UonOfferum.Shared.Fields;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The dates of a U-ON record.</summary>
public static class UonDates
{
    /// <summary>When the record was made: <c>dat</c>, else <c>dat_lead</c>; null when neither is a date.</summary>
    public static DateTimeOffset? CreatedAt(RecordFields fields, TimeZoneInfo zone) =>
        FieldDates.Read(fields["dat"], zone) ?? FieldDates.Read(fields["dat_lead"], zone);
}
