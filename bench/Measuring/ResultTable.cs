using System.Text;

namespace UonOfferum.Bench.Measuring;

/// <summary>One table of results, shown as Markdown so that it can be read here and pasted into docs/performance.md.</summary>
public sealed class ResultTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public string Title { get; } = title;

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    public void Add(params string[] cells) => _rows.Add(cells.Length == Columns.Count
        ? cells
        : throw new ArgumentException($"A row of '{Title}' has {Columns.Count} cells, not {cells.Length}.", nameof(cells)));

    public override string ToString()
    {
        var widths = Columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Length).Max()).ToArray();
        var text = new StringBuilder().AppendLine(Title).AppendLine();
        Write(text, Columns, widths);
        Write(text, widths.Select((width, i) => i == 0 ? new string('-', width) : new string('-', width - 1) + ":"), widths);
        foreach (var row in _rows)
        {
            Write(text, row, widths);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, IEnumerable<string> cells, int[] widths) => text
        .Append("| ")
        .AppendJoin(" | ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))
        .AppendLine(" |");
}
