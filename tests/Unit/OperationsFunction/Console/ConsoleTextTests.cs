using System.Text.Json;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Journal;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.OperationsFunction.Console;

/// <summary>The page's words: both languages have all of them, and everything the app may say is among them.</summary>
public sealed partial class ConsoleTextTests
{
    private const string Folder = "OperationsFunction/Console";

    private static readonly Dictionary<string, JsonElement> Russian = Read("ru");
    private static readonly Dictionary<string, JsonElement> English = Read("en");

    [Fact]
    public void Both_languages_have_the_same_words()
    {
        Assert.Equal(Russian.Keys, English.Keys);
    }

    [Fact]
    public void Both_languages_fill_in_the_same_values()
    {
        var different = Russian.Keys.Where(key => !Places(Russian[key]).SetEquals(Places(English[key])));

        Assert.Empty(different);
    }

    [Fact]
    public void Plurals_have_every_form_their_language_needs()
    {
        string[] russian = ["one", "few", "many", "other"];
        string[] english = ["one", "other"];

        Assert.All(Russian.Where(text => text.Value.ValueKind == JsonValueKind.Object), text => Assert.Equal(russian, text.Value.EnumerateObject().Select(form => form.Name)));
        Assert.All(English.Where(text => text.Value.ValueKind == JsonValueKind.Object), text => Assert.Equal(english, text.Value.EnumerateObject().Select(form => form.Name)));
    }

    [Fact]
    public void The_page_asks_for_no_words_that_are_not_there()
    {
        var asked = Repository.Files
            .Where(file => file.StartsWith($"{Folder}/src/", StringComparison.Ordinal))
            .SelectMany(file => Asked().Matches(Repository.Read(file)))
            .Select(match => match.Groups["key"].Value);

        Assert.Empty(asked.Where(key => !Russian.ContainsKey(key)).Distinct());
    }

    [Fact]
    public void Every_state_event_and_error_code_has_words_and_every_error_a_remedy()
    {
        var states = Enum.GetNames<OperationState>().SelectMany(state => new[] { $"state.{state}", $"stateHint.{state}" });
        var events = Constants(typeof(EventNames)).Select(name => $"event.{name}");
        string[] destinations = [ErrorCodes.Unavailable("offerum"), ErrorCodes.Denied("offerum"), ErrorCodes.Rejected("offerum"), ErrorCodes.Unconfirmed("offerum")];
        var errors = Constants(typeof(ErrorCodes)).Concat(destinations).SelectMany(code => new[] { $"error.{code}", $"remedy.{code}" });

        var missing = states.Concat(events).Concat(errors).Except(Russian.Keys);

        Assert.Empty(missing);
    }

    private static Dictionary<string, JsonElement> Read(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Repository.Read($"{Folder}/texts/{language}.json"))!;

    private static HashSet<string> Places(JsonElement text) => [.. Place().Matches(text.ToString()).Select(match => match.Value)];

    private static IEnumerable<string> Constants(Type type) => type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\bt\('(?<key>[\w.-]+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();
}
