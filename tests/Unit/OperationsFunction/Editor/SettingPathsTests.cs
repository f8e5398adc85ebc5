using System.Text.Json.Nodes;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.Tests.Unit.OperationsFunction.Editor;

public sealed class SettingPathsTests
{
    [Fact]
    public void A_value_is_taken_out_whatever_the_case_of_its_key()
    {
        var settings = JsonNode.Parse("""{"uon":{"apikey":"k","Record":"lead"}}""")!.AsObject();

        Assert.Equal("k", SettingPaths.Take(settings, "Uon:ApiKey"));
        Assert.Equal("""{"uon":{"Record":"lead"}}""", settings.ToJsonString());
        Assert.Null(SettingPaths.Take(settings, "Uon:ApiKey"));
        Assert.Null(SettingPaths.Take(settings, "Offerum:ApiKey"));
    }

    [Fact]
    public void Settings_are_told_by_their_keys() =>
        Assert.Equal(
            ["Filter:0:Field=status_id", "Offerum:Flow=zkVz", "Uon:RequestsPerSecond=8"],
            SettingPaths.Flatten(JsonNode.Parse("""{"Uon":{"RequestsPerSecond":8},"Offerum":{"Flow":"zkVz","Source":null},"Filter":[{"Field":"status_id"}]}"""))
                .Select(pair => $"{pair.Key}={pair.Value}"));
}
