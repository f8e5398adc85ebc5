using System.Globalization;
using UonOfferum.Shared.Fields;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>U-ON's dates: local time without an offset, and several ways of saying "none".</summary>
public static class UonDates
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <returns>Null for no date: "", <c>0000-00-00</c>, year 1, or anything that is none.</returns>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone) =>
        DateTime.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 1
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : null;

    /// <summary>When the record was made: <c>dat</c>, else <c>dat_lead</c>; null when neither is a date.</summary>
    public static DateTimeOffset? CreatedAt(RecordFields fields, TimeZoneInfo zone) =>
        Read(fields["dat"], zone) ?? Read(fields["dat_lead"], zone);
}
