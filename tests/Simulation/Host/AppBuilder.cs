using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace UonOfferum.Tests.Simulation.Host;

/// <summary>The app's registrations, made anew for each instance as its own program would: some of them keep state, the Azure clients' above all.</summary>
public static class AppBuilder
{
    // There is no pipelines.json here: what a developer keeps at the root is not simulated.
    private static readonly string Nowhere = WithoutPipelines();

    public static IServiceCollection For(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = Nowhere });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddUonOfferum();
        return builder.Services;
    }

    private static string WithoutPipelines()
    {
        var folder = Path.Combine(Path.GetTempPath(), "uon-offerum-simulation");
        Directory.CreateDirectory(folder);
        // Moved there whole: another run may read it at this moment.
        var file = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllText(file, "{}");
        File.Move(file, Path.Combine(folder, "pipelines.json"), overwrite: true);
        return folder;
    }
}
