using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Storage;

namespace UonOfferum.OperationsFunction.Health;

public sealed record HealthDetailsView(
    string Status,
    StorageView Storage,
    IReadOnlyList<QueueView> Queues,
    IReadOnlyList<PipelineHealthView> Pipelines,
    IReadOnlyList<AlertChannelView> Alerts);

public sealed record StorageView(bool Ok, string Message);

/// <param name="Name">The queue's.</param>
/// <param name="Messages">About how many, hidden ones too.</param>
/// <param name="AgeSeconds">How long the first visible one has been there; null when none is visible.</param>
public sealed record QueueView(string Name, int Messages, double? AgeSeconds)
{
    internal static QueueView Of(QueueDepth depth) => new(depth.Queue, depth.Messages, depth.Oldest?.TotalSeconds);
}

public sealed record PipelineHealthView(string Name, IReadOnlyList<GateStatusView> Gates, IReadOnlyList<string> Problems);

/// <param name="Channel"><c>email</c> or <c>telegram</c>.</param>
/// <param name="Ok">The last message went out; true when there was none yet.</param>
/// <param name="At">When the last one was tried; null: never.</param>
/// <param name="Message">What the other side said; no secret.</param>
public sealed record AlertChannelView(string Channel, bool Ok, DateTimeOffset? At, string? Message);

/// <summary>What the open answer of <see cref="HealthCheck"/> does not tell.</summary>
public sealed class HealthDetails(HealthCheck health, QueueDepths queues, PipelineCatalog pipelines, GateStatus gates, AlertStatus alerts)
{
    public async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        if (!await health.IsHealthyAsync(cancellationToken))
        {
            return Answer("unhealthy", new StorageView(false, "The storage account does not answer. Webhooks are answered 503 until it does."), [], [], []);
        }

        try
        {
            var depths = await queues.LookAsync(cancellationToken);
            var views = new List<PipelineHealthView>();
            foreach (var pipeline in pipelines.All.OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                var closed = await gates.ClosedAsync(pipeline.Name, cancellationToken);
                views.Add(new PipelineHealthView(pipeline.Name, closed, GateStatus.Problems(closed)));
            }

            views.AddRange(pipelines.Invalid.Select(p => new PipelineHealthView(p.Name, [], p.Problems)));
            return Answer("healthy", new StorageView(true, "Queues and journal answer."), [.. depths.Select(QueueView.Of)], views, await alerts.GetAsync(cancellationToken));
        }
        catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            return Answer("unhealthy", new StorageView(false, "The storage account stopped answering just now."), [], [], []);
        }
    }

    private static IResult Answer(
        string status, StorageView storage, IReadOnlyList<QueueView> depths, IReadOnlyList<PipelineHealthView> views, IReadOnlyList<AlertChannelView> channels) =>
        TypedResults.Json(new HealthDetailsView(status, storage, depths, views, channels), ApiJson.Types.HealthDetailsView);
}
