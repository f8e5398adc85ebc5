using System.Globalization;
using Spectre.Console;

namespace UonOfferum.Bench.Measuring;

/// <summary>One table of results, shown as Markdown so that it can be read here and pasted into docs/performance.md.</summary>
public sealed class ResultTable(string title, params string[] columns)
{
    // Wider than any table, because a wrapped row breaks the Markdown.
    private const int Width = 10_000;

    private readonly List<string[]> _rows = [];

    public string Title { get; } = title;

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    public void Add(params string[] cells) => _rows.Add(cells.Length == Columns.Count
        ? cells
        : throw new ArgumentException($"A row of '{Title}' has {Columns.Count} cells, not {cells.Length}.", nameof(cells)));

    public override string ToString()
    {
        var table = new Table().Border(TableBorder.Markdown);
        foreach (var (i, column) in Columns.Index())
        {
            // Columns are left-aligned by default.
            table.AddColumn(new TableColumn(Plain(column)) { Alignment = i == 0 ? null : Justify.Right, NoWrap = true });
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(Plain));
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Width;
        console.Write(table);

        // The border has a line of spaces above and one below.
        return $"{Title}\n\n{text.ToString().Trim()}\n";
    }

    /// <summary>Escapes brackets, which are markup, and bars, which end the cell.</summary>
    private static Text Plain(string cell) => new(cell.Replace("|", "\\|", StringComparison.Ordinal));
}
