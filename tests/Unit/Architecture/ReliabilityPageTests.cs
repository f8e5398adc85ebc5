using System.Reflection;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>What docs/reliability.md points at is there.</summary>
public sealed partial class ReliabilityPageTests
{
    private static readonly string Page = Repository.Read("docs/reliability.md");

    [Fact]
    public void The_page_lists_every_fail_point_and_no_other()
    {
        var points = typeof(FailPoints).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field is { IsLiteral: true, Name: not nameof(FailPoints.Setting) })
            .Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(
            points.Order(StringComparer.Ordinal),
            FailPoint().Matches(Section("Kills at each fail point")).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_points_at_code_and_tests_that_are_there()
    {
        var rows = Rule().Matches(Section("What is guaranteed"));
        Assert.Equal(Enumerable.Range(1, 12), rows.Select(row => int.Parse(row.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(Names(rows, "code"), path => Assert.Contains(Repository.Files, file => file.StartsWith(path, StringComparison.Ordinal)));
        Assert.All(Names(rows, "tests"), test => Assert.Contains(
            Repository.Files, file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith($"/{test}.cs", StringComparison.Ordinal)));
    }

    private static string Section(string title)
    {
        var begin = Page.IndexOf($"\n## {title}\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"docs/reliability.md has no section '{title}'.");
        var end = Page.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        return Page[begin..(end < 0 ? Page.Length : end)];
    }

    private static IEnumerable<string> Names(IEnumerable<Match> rows, string column) =>
        rows.SelectMany(row => Quoted().Matches(row.Groups[column].Value)).Select(name => name.Groups["name"].Value);

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \|", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FailPoint();

    [GeneratedRegex(@"^\| (?<number>\d+) [^|]+\|(?<code>[^|]+)\|(?<tests>[^|]+)\|$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
