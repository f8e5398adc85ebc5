using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

public sealed class PipelinesFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipelines-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>docs/pipelines.md says to commit it: it holds no secrets.</summary>
    [Theory]
    [InlineData(".gitignore")]
    [InlineData(".dockerignore")]
    public void It_is_deployed_with_the_app(string ignored) =>
        Assert.DoesNotContain(Infra.Repository.Read(ignored).Split('\n'), line => line.Trim().TrimStart('/') == "pipelines.json");

    [Fact]
    public void The_file_is_read_with_its_comments()
    {
        var configuration = Read("""{ /* structure, no secrets */ "Pipelines": { "main": { "Uon": { "Events": "1,2" } } } }""");

        Assert.Equal("1,2", configuration["Pipelines:main:Uon:Events"]);
    }

    [Fact]
    public void There_need_not_be_a_file() =>
        Assert.Empty(new ConfigurationBuilder().Add(PipelinesFile.Source(_folder.FullName)).Build().AsEnumerable());

    [Theory]
    [InlineData("{ \"Pipelines\": { \"main\": ")]
    [InlineData("Pipelines: main")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{ \"Pipelines\": 1, \"pipelines\": 2 }")]
    public void A_file_that_cannot_be_read_is_told_by_its_name(string text)
    {
        var thrown = Assert.Throws<PipelineConfigurationException>(() => Read(text));

        Assert.StartsWith("pipelines.json: ", Assert.Single(thrown.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_setting_replaces_a_whole_list_of_the_file()
    {
        Write("""{ "Pipelines": { "main": { "Uon": { "Events": "1,2,16" } } } }""");

        var configuration = new ConfigurationBuilder()
            .Add(PipelinesFile.Source(_folder.FullName))
            .AddInMemoryCollection([KeyValuePair.Create("Pipelines:main:Uon:Events", (string?)"2")])
            .Build();

        Assert.Equal("2", configuration["Pipelines:main:Uon:Events"]);
    }

    [Theory]
    [InlineData("1234", "Pipelines:main:Uon:ApiKey")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/uon)", "")]
    [InlineData(" ", "")]
    public void Secrets_that_stand_in_the_file_are_named(string value, string expected)
    {
        Write($$"""{ "Pipelines": { "main": { "Uon": { "ApiKey": "{{value}}", "Events": "1" } } } }""");
        var configuration = new ConfigurationBuilder()
            .Add(PipelinesFile.Source(_folder.FullName))
            .AddInMemoryCollection([KeyValuePair.Create("Pipelines:main:Offerum:ApiKey", (string?)"5678")])
            .Build();

        Assert.Equal(expected, string.Join(' ', PipelinesFile.Secrets(configuration, [TestPipelines.One()])));
    }

    private IConfigurationRoot Read(string text)
    {
        Write(text);
        return new ConfigurationBuilder().Add(PipelinesFile.Source(_folder.FullName)).Build();
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder.FullName, PipelinesFile.Name), text);
}
