using System.Text.Json;

namespace UonOfferum.Tests.Build;

/// <summary>What MSBuild makes of the project in each flavour, without building it.</summary>
[Trait("Category", "Slow")]
public sealed class EvaluatedProjectTests(RepositoryCopy clone) : IClassFixture<RepositoryCopy>
{
    private const string Properties =
        "FunctionsWorker,OutputType,BaseIntermediateOutputPath,BaseOutputPath,RestorePackagesWithLockFile,NuGetLockFilePath,TreatWarningsAsErrors,RuntimeIdentifier,SelfContained,TargetFramework";

    // What the command line tells MSBuild for: nothing, `dotnet build -o`, `dotnet publish`, and the switch itself.
    [Theory]
    [InlineData("", "false")]
    [InlineData("-p:_CommandLineDefinedOutputPath=true", "true")]
    [InlineData("-p:_IsPublishing=true", "true")]
    [InlineData("-p:FunctionsWorker=true", "true")]
    [InlineData("-p:_IsPublishing=true -p:FunctionsWorker=false", "false")]
    public async Task The_command_line_decides_the_flavour(string arguments, string worker)
    {
        var properties = await EvaluateAsync(arguments);

        Assert.Equal(worker, properties.Property("FunctionsWorker"));
        Assert.Equal("net10.0", properties.Property("TargetFramework"));
    }

    [Fact]
    public async Task The_portable_flavour_is_a_locked_library_with_the_stand_in_attributes()
    {
        var project = await EvaluateAsync("");

        Assert.Equal(("Library", "obj/portable/", "bin/portable/", "true"), (project.Property("OutputType"), project.Property("BaseIntermediateOutputPath"), project.Property("BaseOutputPath"), project.Property("TreatWarningsAsErrors")));
        Assert.Equal(("true", ""), (project.Property("RestorePackagesWithLockFile"), project.Property("NuGetLockFilePath")));
        Assert.Contains("LocalHost/WorkerAttributes.cs", project.Items("Compile"));
        Assert.DoesNotContain("Program.cs", project.Items("Compile"));
        Assert.DoesNotContain(project.Items("PackageReference"), name => name.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_deployable_flavour_is_a_program_with_the_workers_packages_and_no_lock_file()
    {
        var project = await EvaluateAsync("-p:FunctionsWorker=true");

        Assert.Equal(("Exe", "obj/worker/", "bin/worker/", "false"), (project.Property("OutputType"), project.Property("BaseIntermediateOutputPath"), project.Property("BaseOutputPath"), project.Property("TreatWarningsAsErrors")));
        Assert.EndsWith("obj/worker/packages.lock.json", project.Property("NuGetLockFilePath").Replace('\\', '/'));
        Assert.NotEqual("true", project.Property("RestorePackagesWithLockFile"));
        Assert.Contains("Program.cs", project.Items("Compile"));
        Assert.Subset(project.Items("PackageReference").ToHashSet(), clone.WorkerPackages.ToHashSet());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-p:FunctionsWorker=true")]
    public async Task Neither_flavour_takes_in_what_lies_below_the_root_but_is_not_the_apps(string flavour)
    {
        string[] foreign = ["LocalHost/Else.cs", "Simulators/Else.cs", "tests/Else.cs", "bench/Else.cs", "infra/Else.cs", "obj/worker/Debug/net10.0/WorkerExtensions/Else.cs", "obj/portable/Else.cs", "bin/output/Else.cs", "output/Else.cs"];
        Assert.All(foreign, file => clone.Write(file, "not ours"));

        var compiled = (await EvaluateAsync(flavour)).Items("Compile").Except(["LocalHost/WorkerAttributes.cs"]);

        Assert.All(compiled, file => Assert.Matches(@"^(UonOfferumApp\.cs|Program\.cs|Shared/|\w+Function/)", file));
    }

    [Fact]
    public async Task Only_a_publish_is_compiled_for_the_cloud_and_a_build_for_this_machine()
    {
        var published = await EvaluateAsync("-p:_IsPublishing=true -p:Configuration=Release");
        var built = await EvaluateAsync("-p:_CommandLineDefinedOutputPath=true");

        Assert.Equal(("linux-x64", "false"), (published.Property("RuntimeIdentifier"), published.Property("SelfContained")));
        Assert.Equal("", built.Property("RuntimeIdentifier"));
    }

    [Fact]
    public void Core_Tools_finds_one_project_and_one_host_json()
    {
        Assert.Equal(["UonOfferum.csproj"], Directory.GetFiles(clone.Root, "*.??proj").Select(Path.GetFileName));
        Assert.Equal(["host.json"], clone.Files(".").Where(file => file.EndsWith("host.json", StringComparison.Ordinal)));
    }

    private async Task<Evaluated> EvaluateAsync(string arguments)
    {
        var finished = await clone.DotnetAsync($"msbuild UonOfferum.csproj -getProperty:{Properties} -getItem:Compile,PackageReference {arguments}");
        return new Evaluated(JsonDocument.Parse(finished.Succeeded().Output).RootElement);
    }

    private sealed record Evaluated(JsonElement Json)
    {
        public string Property(string name) => Json.GetProperty("Properties").GetProperty(name).GetString()!;

        public string[] Items(string type) => [.. Json.GetProperty("Items").GetProperty(type).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'))];
    }
}
