namespace UonOfferum.Shared.Configuration;

/// <summary>A switch of the settings, in the spellings that the Functions host accepts for its own.</summary>
internal static class SwitchText
{
    /// <param name="text"><c>true</c> or <c>1</c>: on. <c>false</c>, <c>0</c>, blank or absent: off.</param>
    /// <param name="on">False when the text is none of them.</param>
    public static bool TryParse(string? text, out bool on)
    {
        var word = text?.Trim().ToUpperInvariant();
        on = word is "TRUE" or "1";
        return on || word is null or "" or "FALSE" or "0";
    }
}
