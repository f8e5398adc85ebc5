namespace UonOfferum.Tests.Unit;

/// <summary>Rules as a table of words, one row a line; a row of dashes is decoration.</summary>
internal static class Table
{
    public const string Any = "any";

    public static IReadOnlyList<string[]> Rows(string text) =>
    [
        .. text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("--", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    /// <summary>The one row whose first words are these; a table that says nothing or two things is wrong.</summary>
    public static string[] Row(IReadOnlyList<string[]> rows, params string[] words) =>
        Assert.Single(rows, row => words.Select((word, i) => row[i] == Any || row[i] == word).All(same => same));
}
