using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>Tells the pipelines with the settings in force.</summary>
public sealed class PipelineList(PipelineCatalog pipelines, GateStatus gates)
{
    public async Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        var items = new List<PipelineView>();
        foreach (var pipeline in pipelines.All.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var closed = await gates.ClosedAsync(pipeline.Name, cancellationToken);
            items.Add(new PipelineView(
                pipeline.Name,
                GateStatus.IsPaused(closed) ? "paused" : "running",
                GateStatus.Problems(closed),
                [.. pipeline.Settings.Select(s => new SettingView(s.Key, s.Value, s.IsDefault))],
                closed,
                PipelineAddresses.Webhook(pipeline, SettingsInForce.Hidden),
                pipeline.PostbackSecrets.Count > 0 ? PipelineAddresses.Postback(pipeline, SettingsInForce.Hidden) : null));
        }

        foreach (var invalid in pipelines.Invalid)
        {
            items.Add(new PipelineView(invalid.Name, "invalid", invalid.Problems, [], [], "", null));
        }

        return TypedResults.Json(new PipelineListView(items), ApiJson.Types.PipelineListView);
    }
}
