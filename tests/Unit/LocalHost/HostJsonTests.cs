using Microsoft.Extensions.Configuration;
using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class HostJsonTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void What_the_file_does_not_say_is_the_platforms_default()
    {
        var settings = Read("{}");

        Assert.Equal("api", settings.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), settings.FunctionTimeout);
        Assert.Equal(TimeSpan.FromMinutes(10), settings.MessageLock);
    }

    [Fact]
    public void Comments_are_tolerated_and_values_read()
    {
        var settings = Read("""
            {
              // one line
              "functionTimeout": "-1",
              "extensions": { "http": { "routePrefix": "" }, "queues": { "batchSize": 8, "messageEncoding": "none", "visibilityTimeout": "00:00:30" } },
            }
            """);

        Assert.Equal(Timeout.InfiniteTimeSpan, settings.FunctionTimeout);
        Assert.Equal("", settings.RoutePrefix);
        Assert.Contains(KeyValuePair.Create("AzureFunctionsJobHost:extensions:queues:batchSize", (string?)"8"), settings.ForWebJobs);
    }

    [Fact]
    public void A_setting_of_the_job_host_lies_over_the_file()
    {
        var settings = Read("""{ "extensions": { "queues": { "batchSize": 8 } } }""", ("AzureFunctionsJobHost:extensions:queues:batchSize", "4"), ("LocalHost:MessageLock", "00:00:05"));

        Assert.Contains(KeyValuePair.Create("AzureFunctionsJobHost:extensions:queues:batchSize", (string?)"4"), settings.ForWebJobs);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.MessageLock);
    }

    [Fact]
    public void All_bad_values_are_told_at_once()
    {
        var exception = Assert.Throws<LocalHostException>(() => Read("""{ "functionTimeout": "soon" }""", ("LocalHost:MessageLock", "00:00:01")));

        Assert.Contains("functionTimeout is 'soon'", exception.Message);
        Assert.Contains("LocalHost:MessageLock is '00:00:01'", exception.Message);
    }

    [Theory]
    [InlineData("""{ "version": """)]
    [InlineData("[]")]
    public void A_file_that_is_not_a_JSON_object_is_named(string text) =>
        Assert.StartsWith($"{_file} is not valid JSON", Assert.Throws<LocalHostException>(() => Read(text)).Message);

    private HostSettings Read(string text, params (string Key, string Value)[] settings)
    {
        File.WriteAllText(_file, text);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return HostJson.Load(_file, configuration).Read(configuration);
    }
}
