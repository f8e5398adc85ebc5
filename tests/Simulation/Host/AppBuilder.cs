using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace UonOfferum.Tests.Simulation.Host;

/// <summary>The app's registrations, created anew for each instance, as a separate process would: some of them keep state, above all the Azure clients.</summary>
public static class AppBuilder
{
    // There is no pipelines.json here: a developer's file at the root is not simulated.
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
        // Moved atomically: another run may be reading it.
        var file = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllText(file, "{}");
        File.Move(file, Path.Combine(folder, "pipelines.json"), overwrite: true);
        return folder;
    }
}
