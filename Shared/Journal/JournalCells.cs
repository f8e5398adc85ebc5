using System.Globalization;
using Azure.Data.Tables;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Text that may be longer than one cell of a row: the rest is stored in further columns (<c>Fields1</c>, <c>Fields2</c> …). So no text that a
/// client or an operator enters can produce a row that storage rejects.
/// </summary>
internal static class JournalCells
{
    /// <summary>Storage allows 32,768 UTF-16 characters per cell.</summary>
    public const int MaxCharacters = 32_000;

    public static void Put(TableEntity row, string column, string? text)
    {
        row[column] = Part(text, 0);
        for (var part = 1; Part(text, part) is { Length: > 0 } more; part++)
        {
            row[Further(column, part)] = more;
        }
    }

    public static string? Get(TableEntity row, string column)
    {
        var text = row.GetString(column);
        for (var part = 1; text is not null && row.GetString(Further(column, part)) is { } more; part++)
        {
            text += more;
        }

        return text;
    }

    private static string? Part(string? text, int part)
    {
        var from = Math.Min(part * MaxCharacters, text?.Length ?? 0);
        return text?.Substring(from, Math.Min(MaxCharacters, text.Length - from));
    }

    private static string Further(string column, int part) => column + part.ToString(CultureInfo.InvariantCulture);
}
