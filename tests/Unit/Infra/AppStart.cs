using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>The app's own reading of the settings that it is deployed with, each secret resolved.</summary>
internal static class AppStart
{
    /// <summary>Names of the pipelines in force; throws for every setting that the app does not take.</summary>
    /// <param name="settings">Names as environment variables; <c>vault:{secret}</c> is a secret, and what only Azure knows is left out.</param>
    public static IEnumerable<string> Pipelines(IReadOnlyDictionary<string, string> settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings
            .Where(setting => !setting.Value.StartsWith('['))
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)Resolved(setting.Value))));
        builder.Configuration["WEBSITE_SITE_NAME"] = "func-test";
        builder.AddUonOfferum();
        using var host = builder.Build();
        var catalog = host.Services.GetRequiredService<PipelineCatalog>();
        Assert.Empty(catalog.Invalid.SelectMany(pipeline => pipeline.Problems));
        return [.. catalog.All.Select(pipeline => pipeline.Name)];
    }

    private static string Resolved(string value) => value switch
    {
        _ when value.EndsWith("-bot-token", StringComparison.Ordinal) => "123456789:" + new string('x', 35),
        _ when value.StartsWith("vault:", StringComparison.Ordinal) => "invented-0123456789abcdef",
        _ => value,
    };
}
