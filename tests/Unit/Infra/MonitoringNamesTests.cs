using System.Text.Json;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>A dashboard or an alert on a name that nobody emits is worse than none: it says that all is well.</summary>
public sealed partial class MonitoringNamesTests
{
    private static readonly string[] Tables = ["AppMetrics", "AppTraces", "AppRequests", "AppDependencies", "AppExceptions"];

    /// <summary>Every query of the workbook, the alerts and the documentation, with where it stands.</summary>
    public static TheoryData<string, string> Queries
    {
        get
        {
            var queries = new TheoryData<string, string>();
            foreach (var file in Repository.Files("infra/monitoring", "*.kql"))
            {
                queries.Add(Path.GetFileName(file), File.ReadAllText(file));
            }

            using var workbook = JsonDocument.Parse(Repository.Read("infra/monitoring/workbook.json"));
            foreach (var item in workbook.RootElement.GetProperty("items").EnumerateArray())
            {
                if (item.GetProperty("content").TryGetProperty("query", out var query))
                {
                    queries.Add("workbook: " + item.GetProperty("name").GetString(), query.GetString()!);
                }
            }

            foreach (var file in Repository.Files("docs", "*.md"))
            {
                foreach (Match block in KqlBlock().Matches(File.ReadAllText(file)))
                {
                    queries.Add($"{Path.GetFileName(file)} at {block.Index}", block.Groups[1].Value);
                }
            }

            return queries;
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_asks_only_for_what_the_code_emits(string where, string query)
    {
        _ = where;
        // A query may join several tables: what follows each table's name, up to the next, is about that table.
        foreach (Match part in TablePart().Matches(query))
        {
            var (table, text) = (part.Groups[1].Value, part.Value);
            Assert.Contains(table, Tables);
            var fields = PropertyName().Matches(text).Select(m => m.Groups[1].Value).Where(f => f != "EventId").ToHashSet(StringComparer.Ordinal);
            Assert.Subset(Known(table, text), fields);
        }

        Assert.Matches(@"\bApp[A-Z]\w+", query);
    }

    [Fact]
    public void Every_metric_named_anywhere_exists()
    {
        var named = Repository.Files("infra/monitoring", "*").Concat(Repository.Files("docs", "*.md"))
            .SelectMany(file => MetricName().Matches(File.ReadAllText(file)).Select(m => m.Value));

        Assert.All(named, name => Assert.Contains(name, Emitted.All.Metrics.Keys));
    }

    [Fact]
    public void Every_metric_is_explained_to_operators()
    {
        var page = Repository.Read("docs/operations.md");

        Assert.All(Emitted.All.Metrics.Keys, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_alert_has_its_place_in_the_operations_page()
    {
        var page = Repository.Read("docs/operations.md");
        var alerts = Repository.Files("infra/monitoring/alerts", "*.kql").Select(Path.GetFileNameWithoutExtension).Append("server-errors").ToList();
        var rules = Repository.Read("infra/modules/alerts.bicep");

        Assert.All(alerts, name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
        Assert.All(alerts, name => Assert.Matches($"name: '([^'\n]*-)?{name}'", rules));
    }

    private static HashSet<string> Known(string table, string text)
    {
        switch (table)
        {
            case "AppMetrics":
                var metrics = MetricName().Matches(text).Select(m => m.Value).ToList();
                Assert.NotEmpty(metrics);
                return [.. metrics.SelectMany(name => Emitted.All.Metrics.GetValueOrDefault(name) ?? [])];
            case "AppTraces":
                var events = EventId().Matches(text).Select(m => int.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
                Assert.All(events, id => Assert.Contains(id, Emitted.All.Events.Keys));
                return [.. (events.Count > 0 ? events : Emitted.All.Events.Keys).SelectMany(id => Emitted.All.Events[id])];
            default:
                Assert.All(SpanName().Matches(text).Select(m => m.Groups[1].Value), name => Assert.Contains(name, Emitted.All.Spans));
                return Emitted.All.SpanTags;
        }
    }

    [GeneratedRegex("```kusto\n(?<kql>.*?)```", RegexOptions.Singleline)]
    private static partial Regex KqlBlock();

    [GeneratedRegex(@"\b(?<table>App[A-Z]\w+)\b(?:(?!\bApp[A-Z]).)*", RegexOptions.Singleline)]
    private static partial Regex TablePart();

    [GeneratedRegex("""Properties\["([^"]+)"\]""")]
    private static partial Regex PropertyName();

    [GeneratedRegex(@"uonofferum\.[a-z]+(\.[a-z]+)*")]
    private static partial Regex MetricName();

    [GeneratedRegex("""(?<=")\d{4}(?=")""")]
    private static partial Regex EventId();

    [GeneratedRegex("""\bName (?:==|startswith) "([^"]+)""")]
    private static partial Regex SpanName();
}
