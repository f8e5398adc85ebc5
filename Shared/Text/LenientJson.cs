using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace UonOfferum.Shared.Text;

/// <summary>
/// Reads JSON written by software that truncates strings by bytes: broken UTF-8 and lone surrogates become U+FFFD. Without
/// this a document parses, and then throws when one of its strings is read.
/// </summary>
internal static class LenientJson
{
    /// <summary>An escaped backslash, a surrogate pair, or a lone surrogate; in this order, so that only the last alternative matches a lone one.</summary>
    private static readonly Regex SurrogateEscapes = new(
        @"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonElement root)
    {
        root = default;
        var json = Repaired(WithoutByteOrderMark(utf8));
        try
        {
            using var document = JsonDocument.Parse(json);
            root = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;

    private static ReadOnlyMemory<byte> Repaired(ReadOnlyMemory<byte> utf8)
    {
        var valid = Utf8.IsValid(utf8.Span);
        if (valid && utf8.Span.IndexOf("\\ud"u8) < 0 && utf8.Span.IndexOf("\\uD"u8) < 0)
        {
            return utf8;
        }

        var text = Encoding.UTF8.GetString(utf8.Span);
        return Encoding.UTF8.GetBytes(SurrogateEscapes.Replace(text, m => m.Value is ['\\', 'u', _, _, _, _] ? "\\uFFFD" : m.Value));
    }
}
