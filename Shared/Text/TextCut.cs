namespace UonOfferum.Shared.Text;

internal static class TextCut
{
    /// <summary>At most <paramref name="max"/> characters of the text; half a surrogate pair is never left at its end.</summary>
    public static string CutTo(this string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        return max > 0 && char.IsHighSurrogate(text[max - 1]) ? text[..(max - 1)] : text[..max];
    }
}
