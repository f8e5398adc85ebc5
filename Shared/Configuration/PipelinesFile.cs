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
}
