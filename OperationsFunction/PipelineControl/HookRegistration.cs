using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Hooks;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Hooks;
using UonOfferum.Shared.Http;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>Makes or corrects the webhooks of new records in the pipeline's U-ON cabinet.</summary>
public sealed class HookRegistration(PipelineCatalog pipelines, HookWatch hooks, PublicAddress address)
{
    public async Task<IResult> RunAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        return Answer(await hooks.RegisterAsync(pipeline, address.Of(request.Scheme, request.Host.Value ?? ""), cancellationToken));
    }

    internal static IResult Answer(HookReport report) => report.Problem is { } problem
        ? Problems.Conflict(problem)
        : TypedResults.Json(new RegisteredHooksView([.. report.Items.Select(HookView.Of)]), PipelineControlJson.Types.RegisteredHooksView);
}
