using Microsoft.Extensions.Configuration;
using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Values_become_settings_as_environment_variables_would()
    {
        var settings = Read("""{ "IsEncrypted": false, "Values": { "Pipelines__main__Uon__ApiKey": "k" /* mine */ } }""");

        Assert.Equal("k", settings["Pipelines:main:Uon:ApiKey"]);
    }

    [Theory]
    [InlineData("{ ")]
    [InlineData("""{ "Values": { "a": { "b": 1 } } }""")]
    public void A_file_that_cannot_be_read_is_named(string text) =>
        Assert.Contains("local.settings.json is not valid JSON", Assert.Throws<LocalHostException>(() => Read(text)).Message);

    [Fact]
    public void A_setting_in_percent_signs_must_have_a_value()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Queue", (string?)"orders")]).Build();

        Assert.Equal("x-orders", SettingNames.Resolve(settings, "F", "x-%Queue%"));
        Assert.Equal("F needs the setting Nothing, which has no value.", Assert.Throws<LocalHostException>(() => SettingNames.Resolve(settings, "F", "%Nothing%")).Message);
    }

    private IConfiguration Read(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "local.settings.json"), text);
        var builder = new ConfigurationBuilder();
        builder.AddLocalSettings(_folder);
        return builder.Build();
    }
}
