using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Text;

namespace UonOfferum.Tests.Unit.Shared.Fields;

/// <summary>A value that is put anywhere into an answer is found by the path that leads there, and only there.</summary>
public sealed class FieldPathPropertyTests
{
    private const string Planted = "planted";

    private static readonly Gen<(string? Name, int Index)> Name =
        Gen.OneOf("client_phone", "a", "Я", "два слова", "a-b", "0", "x]y", "=>").Select(name => ((string?)name, 0));

    /// <summary>Steps into objects, or into lists at an index; the first is a name, as in U-ON's answers.</summary>
    private static readonly Gen<(string? Name, int Index)[]> Way = Gen.Select(
        Name, Gen.OneOf(Name, Gen.Int[0, 4].Select(index => ((string?)null, index))).Array[0, 7], (first, more) => new[] { first }.Concat(more).ToArray());

    [Fact]
    public void The_path_to_a_value_finds_it() => Way.Sample(steps => Assert.Equal(Planted, Path(steps).Read(Document(steps))));

    [Fact]
    public void A_star_finds_what_an_index_finds() => Way.Where(steps => steps.Any(s => s.Name is null)).Sample(
        steps => Assert.Equal(Planted, Parse(string.Concat(steps.Select(s => s.Name is null ? "[*]" : Text(s)))).Read(Document(steps))));

    [Fact]
    public void A_path_that_leaves_the_way_finds_nothing() => Gen.Select(Way, Gen.Int[0, 7]).Sample((steps, at) =>
    {
        var astray = steps.ToArray();
        astray[at % steps.Length] = ("elsewhere", 0);

        Assert.Null(Path(astray).Read(Document(steps)));
    });

    [Fact]
    public void The_first_alternative_that_has_a_value_counts() => Gen.Select(Way, Gen.Int[0, 3]).Sample((steps, empty) =>
        Assert.Equal(
            Planted,
            Parse(string.Concat(Enumerable.Repeat("""["nothing"]["here"]|""", empty)) + string.Concat(steps.Select(Text)) + "|'otherwise'").Read(Document(steps))));

    private static FieldPath Path((string? Name, int Index)[] steps) => Parse(string.Concat(steps.Select(Text)));

    private static FieldPath Parse(string text)
    {
        Assert.True(FieldPath.TryParse(text, PipelineTimeZone.Fallback, out var path, out var problem), problem);
        return path;
    }

    private static string Text((string? Name, int Index) step) =>
        step.Name is { } name ? $"[\"{name}\"]" : string.Create(CultureInfo.InvariantCulture, $"[{step.Index}]");

    /// <summary>Nothing but the way there; lists are filled up with nulls before it.</summary>
    private static JsonElement Document((string? Name, int Index)[] steps)
    {
        JsonNode document = JsonValue.Create(Planted);
        foreach (var (name, index) in steps.Reverse())
        {
            document = name is null ? new JsonArray([.. new JsonNode?[index], document]) : new JsonObject { [name] = document };
        }

        Assert.True(LenientJson.TryParse(Encoding.UTF8.GetBytes(document.ToJsonString()), out var root));
        return root;
    }
}
