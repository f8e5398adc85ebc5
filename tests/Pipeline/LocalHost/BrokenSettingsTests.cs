namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>Settings that cannot be used end the process and leave nothing running, and an operator reads why.</summary>
public sealed class BrokenSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_error_is_told_at_once_with_its_key()
    {
        await using var host = Start(new(LocalHostProgram.OnePipeline, StringComparer.Ordinal)
        {
            ["Pipelines__main__Webhook__Secret"] = "short",
            ["Pipelines__main__Uon__Record"] = "offer",
            ["Pipelines__main__Uon__Events"] = "1,3,x",
            ["Pipelines__main__Uon__WaitFor"] = "soon",
            ["Pipelines__main__Offerum__Country"] = "Russia",
            ["Pipelines__main__Offerum__SubId"] = "{id}",
            ["Pipelines__main__Offerum__Form__name"] = "{client_nme}",
            ["Pipelines__main__Fields__utm"] = "utm_source",
            ["Pipelines__main__Filter__0__Field"] = "status_id",
            ["Pipelines__main__Ofrum__Flow"] = "x",
            ["Pipelines__Main Office__Uon__ApiKey"] = "k",
            ["Jobs__alerts__Disabled"] = "yes",
            ["Telemetry__SuccessRatio"] = "0,5",
            ["Retention__PersonalData"] = "24:00:00",
        });

        Assert.Equal(1, await host.ExitCodeAsync());
        string[] keys =
        [
            "Pipelines:main:Webhook:Secret", "Pipelines:main:Uon:Record", "Pipelines:main:Uon:Events", "Pipelines:main:Uon:WaitFor",
            "Pipelines:main:Offerum:Country", "Pipelines:main:Offerum:SubId", "Pipelines:main:Offerum:Form:name", "Pipelines:main:Fields:utm",
            "Pipelines:main:Filter:0:In", "Pipelines:main:Ofrum", "Pipelines:Main Office", "Pipelines:Main Office:Offerum:Flow",
            "Jobs:alerts:Disabled", "Telemetry:SuccessRatio", "Retention:PersonalData",
        ];
        Assert.All(keys, key => Assert.Contains(key, host.Errors, StringComparison.Ordinal));
        Assert.Contains("client_name", host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("uon-key-of-a-test", host.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, ".azurite", "process.json")));
    }

    [Theory]
    [InlineData("{ \"Pipelines\": { \"main\": ")]
    [InlineData("Pipelines: main")]
    [InlineData("[1, 2]")]
    [InlineData("")]
    public async Task A_pipelines_file_that_is_not_JSON_is_told_as_that(string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "pipelines.json"), text);
        await using var host = Start(LocalHostProgram.OnePipeline);

        Assert.Equal(1, await host.ExitCodeAsync());
        Assert.Contains("pipelines.json", host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    private LocalHostProgram Start(Dictionary<string, string> environment) =>
        LocalHostProgram.Start(_folder, environment, "--urls", "http://127.0.0.1:0");
}
