namespace UonOfferum.Shared.Text;

internal static class TextCut
{
    /// <summary>At most <paramref name="max"/> characters of the text; a surrogate pair is never split.</summary>
    public static string CutTo(this string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        return max > 0 && char.IsHighSurrogate(text[max - 1]) ? text[..(max - 1)] : text[..max];
    }
}
