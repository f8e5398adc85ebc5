namespace UonOfferum.Tests.Build;

/// <summary>
/// The deployable build from a clean clone, with stand-ins for the worker's packages: what it restores, compiles and ships.
/// </summary>
[Trait("Category", "Slow")]
public sealed class DeployableBuildTests(DeployableApp app) : IClassFixture<DeployableApp>
{
    private static readonly string[] OtherProjects = ["LocalHost", "Simulators", "Tests", "bench", "xunit", "Azurite", "Moq", "Cronos"];

    [Theory]
    [InlineData("UonOfferum.dll")]
    [InlineData("UonOfferum.runtimeconfig.json")]
    [InlineData("host.json")]
    [InlineData("pipelines.json")]
    public void The_app_its_host_json_and_its_pipelines_are_built_and_published(string file)
    {
        Assert.Contains(file, app.Built);
        Assert.Contains(file, app.Published);
    }

    [Theory]
    [InlineData("bin/output")]
    [InlineData("package")]
    public void The_operators_page_is_inside_the_app(string folder)
    {
        var assembly = File.ReadAllText(app.Clone.PathTo($"{folder}/UonOfferum.dll"), System.Text.Encoding.Latin1);

        Assert.Contains("console/index.html", assembly);
        Assert.DoesNotContain(app.Built.Concat(app.Published), file => file.EndsWith(".js", StringComparison.Ordinal) || file.Contains("node_modules", StringComparison.Ordinal));
    }

    [Fact]
    public void Local_settings_go_beside_the_local_build_and_never_into_the_package()
    {
        Assert.Contains("local.settings.json", app.Built);
        Assert.DoesNotContain("local.settings.json", app.Published);
    }

    [Fact]
    public void Nothing_of_the_other_projects_is_built_or_published() =>
        Assert.DoesNotContain(app.Built.Concat(app.Published), file => OtherProjects.Any(name => file.Contains(name, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void The_other_projects_are_not_even_restored()
    {
        var folders = Directory.GetDirectories(app.Clone.Root, "obj", SearchOption.AllDirectories).Select(folder => Path.GetRelativePath(app.Clone.Root, folder));

        Assert.Equal(["obj"], folders.Where(folder => !folder.Contains("WorkerExtensions", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_portable_flavours_folders_and_lock_file_are_left_alone()
    {
        Assert.False(Directory.Exists(app.Clone.PathTo("obj/portable")));
        Assert.Equal(app.LockFile, File.ReadAllText(app.Clone.PathTo("packages.lock.json")));
    }

    [Fact]
    public void The_package_runs_on_Flex_Consumption_with_the_shared_framework()
    {
        var dependencies = File.ReadAllText(app.Clone.PathTo("package/UonOfferum.deps.json"));
        var runtime = File.ReadAllText(app.Clone.PathTo("package/UonOfferum.runtimeconfig.json"));

        Assert.Contains("/linux-x64", dependencies);
        Assert.Contains("Microsoft.AspNetCore.App", runtime);
        Assert.DoesNotContain("includedFrameworks", runtime);
        Assert.DoesNotContain(app.Published, file => file.EndsWith(".xml", StringComparison.Ordinal));
    }
}
