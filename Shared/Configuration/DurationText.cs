using System.Globalization;

namespace UonOfferum.Shared.Configuration;

/// <summary>A duration of the settings: <c>hh:mm:ss</c>, <c>d.hh:mm:ss</c>, or <c>0</c>.</summary>
internal static class DurationText
{
    /// <summary>Strict, because TimeSpan parsing reads "24:00:00" as 24 days and "5" as five days.</summary>
    public static bool TryParse(string text, out TimeSpan value) =>
        TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value) && (text.Contains(':', StringComparison.Ordinal) || value == TimeSpan.Zero);
}
