using System.Text.Json;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>Every query of the alerts, the workbook and the documentation, by where it stands.</summary>
internal static partial class Queries
{
    public static IReadOnlyDictionary<string, string> All { get; } = Find().ToDictionary(q => q.Where, q => q.Text, StringComparer.Ordinal);

    private static IEnumerable<(string Where, string Text)> Find()
    {
        foreach (var file in Repository.Files("infra/monitoring", "*.kql"))
        {
            yield return (Path.GetFileName(file), File.ReadAllText(file));
        }

        using var workbook = JsonDocument.Parse(Repository.Read("infra/monitoring/workbook.json"));
        foreach (var item in workbook.RootElement.GetProperty("items").EnumerateArray())
        {
            if (item.GetProperty("content").TryGetProperty("query", out var query))
            {
                // The workbook's page puts a span in this place.
                yield return ("workbook: " + item.GetProperty("name").GetString(), query.GetString()!.Replace("{Time:grain}", "1h", StringComparison.Ordinal));
            }
        }

        foreach (var file in Repository.Files("docs", "*.md"))
        {
            foreach (Match block in KqlBlock().Matches(File.ReadAllText(file)))
            {
                yield return ($"{Path.GetFileName(file)} at {block.Index}", block.Groups["kql"].Value);
            }
        }
    }

    [GeneratedRegex("```kusto\r?\n(?<kql>.*?)```", RegexOptions.Singleline)]
    private static partial Regex KqlBlock();
}
