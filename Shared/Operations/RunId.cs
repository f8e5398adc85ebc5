using System.Globalization;

namespace UonOfferum.Shared.Operations;

/// <summary>Run ids: UUIDv7 in lower case with dashes, so that ordinal comparison of the text is comparison by time.</summary>
public static class RunId
{
    /// <summary>The end of the year 9998: something can be added to it.</summary>
    private static readonly long Latest = DateTimeOffset.MaxValue.AddYears(-1).ToUnixTimeMilliseconds();

    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString("D");

    /// <summary>
    /// A run that replaces the current one. It sorts after it even if the current one began in the same millisecond, or on a machine whose clock is
    /// ahead: the messages of an older run are dropped.
    /// </summary>
    public static string New(TimeProvider time, string after)
    {
        var run = New(time);
        return Compare(run, after) > 0 ? run : Guid.CreateVersion7(BeganAt(after).AddMilliseconds(1)).ToString("D");
    }

    /// <summary>Whether it has the exact format in which runs compare by time.</summary>
    public static bool IsValid(string? text) =>
        Guid.TryParseExact(text, "D", out _) && !text.Any(char.IsAsciiLetterUpper);

    /// <summary>Negative when <paramref name="left"/> began before <paramref name="right"/>.</summary>
    public static int Compare(string left, string right) => string.CompareOrdinal(left, right);

    /// <summary>The first 48 bits of a UUIDv7 count milliseconds since 1970. They can count further than there are dates.</summary>
    public static DateTimeOffset BeganAt(string run) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Min(long.Parse(run[..8] + run[9..13], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), Latest));
}
