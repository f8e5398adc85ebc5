using System.Text.Json;
using System.Xml;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>Each rule as Azure would get it: its query, what is measured, and how often.</summary>
public sealed class AlertRuleTests(DeploymentTests.Made made) : IClassFixture<DeploymentTests.Made>
{
    private const string Prefix = "uon-offerum-test-";

    // What a log alert takes, in minutes.
    private static readonly int[] Frequencies = [5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440];
    private static readonly int[] Windows = [.. Frequencies, 2880];

    private Dictionary<string, JsonElement> Rules => made.Least.OfType("Microsoft.Insights/scheduledQueryRules")
        .ToDictionary(rule => rule.GetProperty("name").GetString()![Prefix.Length..], rule => rule.GetProperty("properties"), StringComparer.Ordinal);

    [Fact]
    public void Each_query_file_is_one_rule() =>
        Assert.Equal(
            Repository.Files("infra/monitoring/alerts", "*.kql").Select(file => Path.GetFileNameWithoutExtension(file)!),
            Rules.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_query_returns_its_measured_number_and_its_dimensions()
    {
        var bound = await Kusto.BindAsync(Rules.ToDictionary(rule => rule.Key, rule => Criterion(rule.Value).GetProperty("query").GetString()!, StringComparer.Ordinal));

        foreach (var (name, rule) in Rules)
        {
            Assert.Empty(bound[name].Problems);
            var columns = bound[name].Columns;
            Assert.Contains(columns[Criterion(rule).GetProperty("metricMeasureColumn").GetString()!], new[] { "long", "int", "real" });
            var told = Criterion(rule).TryGetProperty("dimensions", out var list) ? list.EnumerateArray().Select(d => d.GetProperty("name").GetString()!) : [];
            // A column that is no dimension would be summed over without a word.
            Assert.Equal(told.Append("Value").Order(StringComparer.Ordinal), columns.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Each_rule_has_a_window_and_a_frequency_that_Azure_takes() => Assert.All(Rules.Values, rule =>
    {
        var (window, frequency) = (Minutes(rule, "windowSize"), Minutes(rule, "evaluationFrequency"));
        Assert.Contains(window, Windows);
        Assert.Contains(frequency, Frequencies);
        Assert.True(frequency <= window, "Between two evaluations something would be overlooked.");
        Assert.InRange(Criterion(rule).GetProperty("failingPeriods").GetProperty("numberOfEvaluationPeriods").GetInt32(), 1, 6);
        Assert.True(rule.GetProperty("enabled").GetBoolean());
    });

    [Fact]
    public void A_dead_app_wakes_somebody_up()
    {
        var rule = Rules["heartbeat"];

        Assert.Equal(15, Minutes(rule, "windowSize"));
        Assert.Equal(1, rule.GetProperty("severity").GetInt32());
        Assert.Equal(("LessThan", 1), (Criterion(rule).GetProperty("operator").GetString(), Criterion(rule).GetProperty("threshold").GetInt32()));
        // Without rows the query must still return one: count() does, a grouping would not.
        Assert.Contains("summarize Value = count()", Criterion(rule).GetProperty("query").GetString(), StringComparison.Ordinal);
        Assert.Contains("\"uonofferum.queue.messages\"", Criterion(rule).GetProperty("query").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Telemetry_that_stops_wakes_somebody_up()
    {
        var rule = Rules["daily-cap"];

        Assert.Equal(1, rule.GetProperty("severity").GetInt32());
        Assert.Equal(1440, Minutes(rule, "windowSize"));
        // The rule is about a workspace that has a cap.
        Assert.All(made.Least.OfType("Microsoft.OperationalInsights/workspaces"), workspace =>
            Assert.True(workspace.GetProperty("properties").GetProperty("workspaceCapping").GetProperty("dailyQuotaGb").GetInt32() > 0));
    }

    [Fact]
    public void Server_errors_are_asked_of_the_logs() =>
        Assert.Contains("AppRequests", Criterion(Rules["server-errors"]).GetProperty("query").GetString(), StringComparison.Ordinal);

    private static JsonElement Criterion(JsonElement rule) => Assert.Single(rule.GetProperty("criteria").GetProperty("allOf").EnumerateArray());

    private static int Minutes(JsonElement rule, string name) => (int)XmlConvert.ToTimeSpan(rule.GetProperty(name).GetString()!).TotalMinutes;
}
