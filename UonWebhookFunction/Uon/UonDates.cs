using UonOfferum.Shared.Fields;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>U-ON's dates: local time without an offset, and several ways of saying "none".</summary>
public static class UonDates
{
    /// <inheritdoc cref="FieldDates.Read"/>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone) => FieldDates.Read(text, zone);

    /// <summary>When the record was made: <c>dat</c>, else <c>dat_lead</c>; null when neither is a date.</summary>
    public static DateTimeOffset? CreatedAt(RecordFields fields, TimeZoneInfo zone) =>
        Read(fields["dat"], zone) ?? Read(fields["dat_lead"], zone);
}
