using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Storage;

namespace UonOfferum.OperationsFunction.Health;

public sealed record HealthDetailsView(
    string Status,
    StorageView Storage,
    IReadOnlyList<QueueView> Queues,
    IReadOnlyList<PipelineHealthView> Pipelines,
    IReadOnlyList<AlertChannelView> Alerts)
{
    /// <summary>Information for an operator that is not a problem.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

public sealed record StorageView(bool Ok, string Message);

/// <param name="Name">The queue's.</param>
/// <param name="Messages">The approximate count, including hidden ones.</param>
/// <param name="AgeSeconds">How long the first visible one has been there; null when none is visible.</param>
public sealed record QueueView(string Name, int Messages, double? AgeSeconds)
{
    internal static QueueView Of(QueueDepth depth) => new(depth.Queue, depth.Messages, depth.Oldest?.TotalSeconds);
}

public sealed record PipelineHealthView(string Name, IReadOnlyList<BreakerStatusView> Breakers, IReadOnlyList<string> Problems)
{
    /// <summary>The former name of <see cref="Breakers"/>, kept for one version.</summary>
    public IReadOnlyList<BreakerStatusView> Gates => Breakers;
}

/// <summary>The details that the public reply of <see cref="HealthCheck"/> omits.</summary>
public sealed class HealthDetails(HealthCheck health, QueueDepths queues, PipelineCatalog pipelines, BreakerStatus breakers, SenderSwitches senders, AlertStatus alerts, IConfiguration configuration)
{
    public async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        if (!await health.IsHealthyAsync(cancellationToken))
        {
            return Answer("unhealthy", new StorageView(false, "The storage account does not answer. Webhooks are answered with 503 until it does."), [], [], []);
        }

        try
        {
            var depths = await queues.FetchAsync(cancellationToken);
            var views = new List<PipelineHealthView>();
            foreach (var pipeline in pipelines.Current.Active.OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                var open = await breakers.OpenAsync(pipeline.Name, cancellationToken);
                views.Add(new PipelineHealthView(pipeline.Name, open, [.. BreakerStatus.Problems(open), .. senders.Problems(pipeline)]));
            }

            views.AddRange(pipelines.Invalid.Select(p => new PipelineHealthView(p.Name, [], p.Problems)));
            return Answer("healthy", new StorageView(true, "Queues and journal respond."), [.. depths.Select(QueueView.Of)], views, await alerts.GetAsync(cancellationToken));
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            return Answer("unhealthy", new StorageView(false, "The storage account stopped answering just now."), [], [], []);
        }
    }

    private IReadOnlyList<string> Notes()
    {
        var current = pipelines.Current;
        IEnumerable<string> first = !current.Active.Any() && current.Invalid.Count == 0 && current.IsComplete ? ["There is no pipeline yet. Create the first one on the page: /api/console"] : [];
        IEnumerable<string> away = current.IsComplete ? [] : ["The pipeline store does not answer yet: pipelines created on the page are not known."];
        var secrets = PipelinesFile.Secrets(configuration, current.All).Select(key => $"{key}: {PipelinesFile.Name} holds this secret. Move it to the app settings or a Key Vault reference.");
        return [.. first, .. away, .. secrets, .. current.Shadowed.Order(StringComparer.Ordinal).Select(name => $"{name}: {PipelineList.CodeWins}")];
    }

    private IResult Answer(
        string status, StorageView storage, IReadOnlyList<QueueView> depths, IReadOnlyList<PipelineHealthView> views, IReadOnlyList<AlertChannelView> channels) =>
        TypedResults.Json(new HealthDetailsView(status, storage, depths, views, channels) { Notes = Notes() }, HealthJson.Types.HealthDetailsView);
}
