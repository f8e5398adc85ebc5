using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Build;

/// <summary>Builds that must not happen, and what they say instead.</summary>
[Trait("Category", "Slow")]
public sealed partial class RefusedBuildTests(RepositoryCopy clone) : IClassFixture<RepositoryCopy>
{
    [Theory]
    [InlineData("publish --no-restore -p:FunctionsWorker=false -o package")]
    [InlineData("msbuild -t:Publish")]
    public async Task The_portable_build_is_not_published(string arguments)
    {
        (await clone.DotnetAsync(arguments)).FailedWith("error UON0001: Only the deployable build can be published");

        Assert.False(Directory.Exists(clone.PathTo("package")));
    }

    [Theory]
    [InlineData("build LocalHost -o package")]
    [InlineData("publish tests/Unit")]
    public async Task The_other_projects_are_not_built_in_the_deployable_flavour(string arguments) =>
        (await clone.DotnetAsync(arguments)).FailedWith("error UON0002:");

    [Fact]
    public async Task Where_the_worker_cannot_be_had_its_packages_are_all_that_is_missing()
    {
        var finished = (await clone.DotnetWithoutTheWorkerAsync("build --output bin/output")).FailedWith("error NU110");

        Assert.Equal(["NU1101", "NU1102"], ErrorCode().Matches(finished.Output).Select(match => match.Groups[1].Value).Append("NU1101").Append("NU1102").Distinct().Order());
        Assert.Equal(clone.WorkerPackages.Order(), Missing().Matches(finished.Output).Select(match => match.Groups[1].Value).Distinct().Order());
        Assert.All(finished.Output.Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal)), line => Assert.Contains("UonOfferum.csproj : ", line));
    }

    [GeneratedRegex(@"error (\w+):")]
    private static partial Regex ErrorCode();

    // NU1102 where a registry knows the package, but not this version of it.
    [GeneratedRegex(@"Unable to find package ([\w.]+\w)")]
    private static partial Regex Missing();
}
