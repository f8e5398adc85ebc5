using System.Text.RegularExpressions;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>The diagrams of docs/architecture.md show the folders, functions and states that there are.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Page = Repository.Read("docs/architecture.md");

    [Fact]
    public void The_state_diagram_shows_every_state_and_no_other()
    {
        var shown = Transition().Matches(Diagram("States of an operation"))
            .SelectMany(match => new[] { match.Groups["from"].Value, match.Groups["to"].Value })
            .Where(state => state != "[*]")
            .Distinct();

        Assert.Equal(Enum.GetNames<OperationState>().Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_folder_diagram_shows_every_stage_and_destination()
    {
        var diagram = Diagram("Folders");
        var destinations = Repository.Destinations.Select(folder => folder["Destinations/".Length..]).Order(StringComparer.Ordinal);

        Assert.All(Repository.Stages, stage => Assert.Contains($"[{stage}]", diagram, StringComparison.Ordinal));
        Assert.Contains($"[Destinations: {string.Join(", ", destinations)}]", diagram, StringComparison.Ordinal);
    }

    [Fact]
    public void The_walk_of_a_lead_names_functions_and_queues_that_are_there()
    {
        var named = Participant().Matches(Diagram("A lead's way")).Select(match => match.Groups["name"].Value).Where(name => name is not ("U-ON" or "Offerum" or "journal"));
        var known = AppFunctions.All.Select(function => function.Name).Concat(["uon-records", "offerum-orders"]);

        Assert.Empty(named.Except(known, StringComparer.Ordinal));
    }

    private static string Diagram(string section)
    {
        var begin = Page.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"docs/architecture.md has no section '{section}'.");
        var diagram = Page.IndexOf("```mermaid", begin, StringComparison.Ordinal);
        return Page[diagram..Page.IndexOf("```", diagram + 3, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^ +(?<from>\[\*\]|\w+) --> (?<to>\[\*\]|\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Transition();

    [GeneratedRegex(@"participant \w+ as (?<name>\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Participant();
}
