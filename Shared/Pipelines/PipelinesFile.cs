using Microsoft.Extensions.Configuration;

namespace UonOfferum.Shared.Pipelines;

/// <summary>The file <c>pipelines.json</c>: structure, no secrets. Optional; app settings can say everything it says.</summary>
internal static class PipelinesFile
{
    public const string Name = "pipelines.json";

    public static IConfigurationBuilder AddPipelinesFile(this IConfigurationBuilder builder) =>
        builder.AddJsonFile(source =>
        {
            source.Path = Name;
            source.Optional = true;
            source.ReloadOnChange = false;
            source.FileProvider = builder.GetFileProvider();
            source.OnLoadException = context =>
                throw new PipelineConfigurationException([$"{Name}: is not JSON. {context.Exception.InnerException?.Message ?? context.Exception.Message}"]);
        });
}
