namespace UonOfferum.Tests.Unit.Infra;

/// <summary>A query that does not bind fails in the portal, at night, and nowhere before.</summary>
public sealed class KustoTests
{
    [Fact]
    public async Task Every_query_of_alerts_workbook_and_docs_binds()
    {
        var bound = await Kusto.BindAsync(Queries.All);

        Assert.True(bound.Count > 20, $"Only {bound.Count} queries were found.");
        Assert.All(bound, query => Assert.True(query.Value.Problems.Count == 0, $"{query.Key}: {string.Join(' ', query.Value.Problems)}"));
        Assert.All(bound, query => Assert.NotEmpty(query.Value.Columns));
    }

    [Fact]
    public async Task A_wrong_one_fails()
    {
        // What each complaint names, by query.
        var planted = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AppRequests | where StatusCode == 503"] = "StatusCode",
            ["AppMetrics | where Name == 'x' | summarize sum(Value)"] = "Value",
            ["AppDependencies | project Duration"] = "Duration",
            ["AppTraces | where Severity > 2"] = "Severity",
            ["AppExceptions | summarize count() by Typ"] = "Typ",
            ["_LogOperation | where Details contains 'OverQuota'"] = "Details",
            ["requests | count"] = "requests",
            ["AppMetric | count"] = "AppMetric",
            ["AppRequests | summarise count()"] = "operator",
            ["AppMetrics | summarize Value = percentil(Sum, 95)"] = "percentil",
            ["AppMetrics | extend Queue = tostring(Properties['queue'] | summarize count() by Queue"] = "Expected",
        };

        var bound = await Kusto.BindAsync(planted.Keys.ToDictionary(query => query, StringComparer.Ordinal));

        Assert.All(planted, wrong => Assert.Contains(bound[wrong.Key].Problems, problem => problem.Contains(wrong.Value, StringComparison.Ordinal)));
    }
}
