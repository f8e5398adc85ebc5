using System.Text.Encodings.Web;
using System.Text.Json;

namespace UonOfferum.Bench.Measuring;

/// <summary>The results of one command: printed, and saved as JSON in <c>bench/results/</c>.</summary>
public sealed class Report(string command, string what)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Machine _machine = Machine.Current();
    private readonly List<ResultTable> _tables = [];
    private readonly List<Goal> _goals = [];

    public ResultTable Table(string title, params string[] columns)
    {
        var table = new ResultTable(title, columns);
        _tables.Add(table);
        return table;
    }

    public void Goal(string name, bool met, string measured) => _goals.Add(new Goal(name, met, measured));

    /// <summary>Prints and saves everything; the exit code is 1 when an exact goal was missed.</summary>
    public async Task<int> WriteAsync(TextWriter output, bool goalsAreExact = false)
    {
        await output.WriteLineAsync($"\n{what}\nMachine: {_machine}\n");
        foreach (var table in _tables)
        {
            await output.WriteLineAsync(table.ToString());
        }

        foreach (var goal in _goals)
        {
            await output.WriteLineAsync($"{(goal.Met ? "met   " : "missed")}  {goal.Name}: {goal.Measured}");
        }

        var folder = Directory.CreateDirectory(Path.Combine(Root(), "bench", "results"));
        var shape = new { command, what, at = TimeProvider.System.GetUtcNow(), machine = _machine, tables = _tables, goals = _goals };
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, command + ".json"), JsonSerializer.Serialize(shape, Json) + "\n");
        return goalsAreExact && _goals.Exists(goal => !goal.Met) ? 1 : 0;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "UonOfferum.sln")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}

/// <param name="Measured">The number, in words.</param>
public sealed record Goal(string Name, bool Met, string Measured);
