namespace UonOfferum.Shared.Messages;

/// <summary>Run ids: UUIDv7 in lower case with dashes, so that ordinal comparison of the text is comparison by time.</summary>
public static class Runs
{
    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString("D");

    /// <summary>In the one form in which runs compare by time.</summary>
    public static bool IsRun(string? text) =>
        Guid.TryParseExact(text, "D", out _) && !text.Any(char.IsAsciiLetterUpper);

    /// <summary>Negative when <paramref name="left"/> began before <paramref name="right"/>.</summary>
    public static int Compare(string left, string right) => string.CompareOrdinal(left, right);
}
