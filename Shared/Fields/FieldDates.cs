using System.Globalization;

namespace UonOfferum.Shared.Fields;

/// <summary>Reads dates as U-ON writes them (local time without an offset), and as the transforms write them.</summary>
public static class FieldDates
{
    private static readonly string[] Local =
        ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <returns>Null for "", <c>0000-00-00</c>, year 1, or anything else that is not a date.</returns>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        text = text?.Trim();
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return local.Year > 1 ? new DateTimeOffset(local, zone.GetUtcOffset(local)) : null;
        }

        if (text is { Length: 9 or 10 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year > 1 ? at : null;
    }
}
