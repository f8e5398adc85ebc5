using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>The response for a route that names a pipeline that does not run.</summary>
internal static class NoPipeline
{
    public static IResult Answer(PipelineCatalog pipelines, string name) => pipelines.TryFindInvalid(name, out _)
        ? Problems.Conflict($"The settings of pipeline '{name}' cannot be used, so it does not run. The list of pipelines shows what to fix.")
        : pipelines.Current.Drafts.ContainsKey(name)
        ? Problems.Conflict($"Pipeline '{name}' was never published, so it does not run. Publish its draft first.")
        : Problems.NotFound($"There is no pipeline '{name}'.");
}
