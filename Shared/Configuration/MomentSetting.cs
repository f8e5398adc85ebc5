using System.Globalization;

namespace UonOfferum.Shared.Configuration;

/// <summary>Settings that are a point in time.</summary>
internal static class MomentSetting
{
    private static readonly string[] Local = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>A day or a time of ISO 8601; without an offset it is read in the reader's time zone. Null when the key is absent.</summary>
    public static DateTimeOffset? Moment(this SettingsReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return new DateTimeOffset(local, reader.TimeZone.GetUtcOffset(local)).ToUniversalTime();
        }

        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
        {
            return exact.ToUniversalTime();
        }

        reader.Error(key, $"'{text}' is not a day or a time. Write it as 2026-03-01 or 2026-03-01T09:00.");
        return null;
    }
}
