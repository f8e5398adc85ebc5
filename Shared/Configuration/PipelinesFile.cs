using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace UonOfferum.Shared.Configuration;

/// <summary>The file <c>pipelines.json</c>: structure, no secrets. Optional; app settings can contain all of it.</summary>
internal static class PipelinesFile
{
    public const string Name = "pipelines.json";

    /// <summary>
    /// Looks in the content root, then beside the program: in Azure the worker's content root is not the app's folder, and a filter that
    /// is silently not read would let unwanted records be sold.
    /// </summary>
    public static JsonConfigurationSource Source(string contentRoot) => new()
    {
        Path = Name,
        Optional = true,
        ReloadOnChange = false,
        FileProvider = new PhysicalFileProvider(File.Exists(Path.Combine(contentRoot, Name)) ? contentRoot : AppContext.BaseDirectory),
        OnLoadException = context =>
            throw new PipelineConfigurationException([$"{Name}: is not JSON. {context.Exception.InnerException?.Message ?? context.Exception.Message}"]),
    };

    /// <summary>The keys of secrets that stand in the file itself, which is committed and deployed with the app. A reference to the Key Vault is none.</summary>
    public static IReadOnlyList<string> Secrets(IConfiguration configuration, IEnumerable<Pipeline> pipelines) =>
        (configuration as IConfigurationRoot)?.Providers.OfType<JsonConfigurationProvider>().FirstOrDefault(p => p.Source.Path == Name) is { } file
            ? [.. from pipeline in pipelines
                  from setting in pipeline.Settings
                  where setting.IsSecret
                  let key = $"Pipelines:{pipeline.Name}:{setting.Key}"
                  where file.TryGet(key, out var value) && !string.IsNullOrWhiteSpace(value) && !VaultReference.IsUnresolved(value)
                  select key]
            : [];
}
