using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.OperationsFunction.Console;

/// <summary>The page has a text for everything that the app may report. The page's own tests compare its languages.</summary>
public sealed class ConsoleTextTests
{
    [Fact]
    public void Every_state_event_and_error_code_has_words_and_every_error_a_remedy()
    {
        var states = Enum.GetNames<OperationState>().SelectMany(state => new[] { $"state.{state}", $"stateHint.{state}" });
        var events = Constants(typeof(EventNames)).Select(name => $"event.{name}");
        string[] destinations = [ErrorCodes.Unavailable("offerum"), ErrorCodes.Denied("offerum"), ErrorCodes.Rejected("offerum"), ErrorCodes.Unconfirmed("offerum")];
        var errors = Constants(typeof(ErrorCodes)).Concat(destinations).SelectMany(code => new[] { $"error.{code}", $"remedy.{code}" });
        using var texts = JsonDocument.Parse(Repository.Read("OperationsFunction/Console/texts/en.json"));

        var missing = states.Concat(events).Concat(errors).Except(texts.RootElement.EnumerateObject().Select(text => text.Name));

        Assert.Empty(missing);
    }

    private static IEnumerable<string> Constants(Type type) => type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
