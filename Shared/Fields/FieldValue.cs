using System.Net;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Fields;

internal static class FieldValue
{
    /// <summary>The text as stored in a field: without HTML entities, control characters and surrounding blanks; null when nothing is left.</summary>
    public static string? Clean(string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        // Status names come as HTML; neither a table nor a form reliably accepts control characters.
        text = WebUtility.HtmlDecode(text);
        if (text.Any(IsUnprintable))
        {
            text = string.Concat(text.Where(c => !IsUnprintable(c)));
        }

        text = text.Trim().CutTo(maxLength);
        return text.Length > 0 ? text : null;
    }

    private static bool IsUnprintable(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
