using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>A dashboard or an alert on a name that nobody emits is worse than none: it says that all is well.</summary>
public sealed partial class MonitoringNamesTests
{
    [Fact]
    public void Every_query_asks_only_for_what_the_code_emits() =>
        Assert.All(Queries.All, query => Assert.Equal([], Strangers(query.Value)));

    [Theory]
    [InlineData("AppMetrics | where Name == \"uonofferum.webhooks\" | summarize count() by tostring(Properties[\"anwser\"])", "anwser")]
    [InlineData("AppMetrics | where Name == \"uonofferum.webhocks\" | summarize sum(Sum)", "uonofferum.webhocks")]
    [InlineData("AppMetrics | summarize sum(Sum)", "a metric")]
    [InlineData("AppTraces | where tostring(Properties[\"EventId\"]) == \"9999\"", "9999")]
    [InlineData("AppTraces | where tostring(Properties[\"EventId\"]) == \"1001\" | project tostring(Properties[\"Operetion\"])", "Operetion")]
    [InlineData("AppRequests | where Name == \"oferum\"", "oferum")]
    [InlineData("AppDependencies | where tostring(Properties[\"status\"]) == \"500\"", "status")]
    public void A_name_that_nobody_emits_is_found(string query, string stranger) => Assert.Equal([stranger], Strangers(query));

    [Fact]
    public void Every_metric_named_anywhere_exists()
    {
        var named = Repository.Files("infra/monitoring", "*").Concat(Repository.Files("docs", "*.md"))
            .SelectMany(file => MetricName().Matches(File.ReadAllText(file)).Select(m => m.Value));

        Assert.All(named, name => Assert.Contains(name, Emitted.All.Metrics.Keys));
    }

    [Theory]
    [InlineData("uonofferum.breakers.opened", "breaker")]
    [InlineData("uonofferum.gates.closed", "gate")]
    public void A_renamed_metric_is_still_emitted_under_its_former_name(string metric, string tag) =>
        Assert.Equal([tag, "code"], Emitted.All.Metrics[metric]);

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
        var alerts = Repository.Files("infra/monitoring/alerts", "*.kql").Select(Path.GetFileNameWithoutExtension).ToList();
        var rules = Repository.Read("infra/modules/alerts.bicep");

        Assert.All(alerts, name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
        Assert.All(alerts, name => Assert.Matches($"name: '([^'\n]*-)?{name}'", rules));
    }

    [Fact]
    public void Every_answer_of_the_webhook_is_explained_and_each_503_alerts()
    {
        var code = Repository.Read("UonWebhookFunction/Webhook/WebhookReceiver.cs");
        var row = Repository.Read("docs/operations.md").Split('\n').Single(line => line.StartsWith("| `uonofferum.webhooks` |", StringComparison.Ordinal));
        var alert = Repository.Read("infra/monitoring/alerts/not-accepted.kql");
        var answers = Answers().Matches(code).SelectMany(call => call.Groups["answer"].Captures.Select(c => c.Value)).Distinct(StringComparer.Ordinal).ToList();

        Assert.Equal(["accepted", "ignored", "invalid", "not-found", "refused", "unavailable"], answers.Order(StringComparer.Ordinal));
        Assert.All(answers, answer => Assert.Contains(answer, row, StringComparison.Ordinal));
        Assert.Equal(["invalid", "unavailable"], answers.Where(answer => alert.Contains($"\"{answer}\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>A query may join several tables: what follows each table's name, up to the next, is about that table.</summary>
    private static List<string> Strangers(string query) => [.. TablePart().Matches(query).SelectMany(part => StrangersTo(part.Groups["table"].Value, part.Value))];

    private static IEnumerable<string> StrangersTo(string table, string text)
    {
        var metrics = MetricName().Matches(text).Select(m => m.Value).ToList();
        var events = EventId().Matches(text).Select(m => int.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var spans = SpanName().Matches(text).Select(m => m.Groups[1].Value);
        var (named, known) = table switch
        {
            "AppMetrics" => (
                metrics.DefaultIfEmpty("a metric").Except(Emitted.All.Metrics.Keys),
                metrics.SelectMany(name => Emitted.All.Metrics.GetValueOrDefault(name) ?? [])),
            "AppTraces" => (
                events.Except(Emitted.All.Events.Keys).Select(id => $"{id}"),
                (events.Count > 0 ? events : Emitted.All.Events.Keys).SelectMany(id => Emitted.All.Events.GetValueOrDefault(id) ?? [])),
            _ => (spans.Except(Emitted.All.Spans), Emitted.All.SpanTags),
        };
        var fields = PropertyName().Matches(text).Select(m => m.Groups[1].Value).Where(field => field != "EventId");
        var isUnknown = named.ToList();
        return isUnknown.Count > 0 ? isUnknown : fields.Except(known).Distinct();
    }

    [GeneratedRegex(@"Meters\.Webhook\([^""]*(""(?<answer>[a-z-]+)""[^""]*?)+\);", RegexOptions.ExplicitCapture)]
    private static partial Regex Answers();

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
