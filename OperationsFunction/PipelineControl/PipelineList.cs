using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Hooks;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Storage;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>Lists the pipelines with their effective settings: those kept as code, and those made on the page with their status.</summary>
public sealed class PipelineList(PipelineCatalog pipelines, RevisionStore store, PipelineRefresh refresh, BreakerStatus breakers, SenderSwitches senders, HookStore hooks)
{
    public const string CodeWins = "The same name is kept as code, which takes precedence. Rename one of the two, or delete the one on the page.";

    private const string Code = "code", Page = "page";

    public async Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        var current = pipelines.Current;
        var (stored, drafts) = await StoredAsync(cancellationToken);
        var items = new List<PipelineView>();
        foreach (var pipeline in current.Active.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var open = await breakers.OpenAsync(pipeline.Name, cancellationToken);
            items.Add(new PipelineView(
                pipeline.Name,
                BreakerStatus.IsPaused(open) ? "paused" : pipeline.IsStopped ? "stopped" : "running",
                [.. BreakerStatus.Problems(open), .. senders.Problems(pipeline)],
                [.. pipeline.Settings.Select(s => new SettingView(s.Key, s.Value, s.IsDefault))],
                open,
                PipelineAddresses.Webhook(pipeline.Name, EffectiveSettings.Hidden),
                pipeline.PostbackSecrets.Count > 0 ? PipelineAddresses.Postback(pipeline.Name, EffectiveSettings.Hidden) : null)
            {
                Title = pipeline.Title,
                Home = pipeline.Revision is null ? Code : Page,
                Revision = pipeline.Revision,
                Running = !pipeline.IsStopped,
                Draft = pipeline.Revision is not null && Differs(stored, drafts, pipeline.Name),
                Notes = current.Shadowed.Contains(pipeline.Name) ? [CodeWins] : [],
                Hooks = HooksView.Of(await hooks.ReadAsync(pipeline.Name, cancellationToken)),
            });
        }

        items.AddRange(current.Invalid.Select(invalid => new PipelineView(invalid.Name, "invalid", invalid.Problems, [], [], "", null)
        {
            Title = stored.GetValueOrDefault(invalid.Name)?.Title ?? invalid.Name,
            Home = invalid.Revision is null ? Code : Page,
            Revision = invalid.Revision,
            Draft = invalid.Revision is not null && Differs(stored, drafts, invalid.Name),
            Notes = current.Shadowed.Contains(invalid.Name) ? [CodeWins] : [],
        }));
        items.AddRange(stored.Values.Where(s => items.TrueForAll(i => i.Name != s.Name)).OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => Resting(s, drafts)));
        return TypedResults.Json(new PipelineListView(items), PipelineControlJson.Types.PipelineListView);
    }

    /// <summary>A pipeline that does not run: a draft, or an archived one.</summary>
    private static PipelineView Resting(StoredPipeline stored, IReadOnlyDictionary<string, DraftHead> drafts) =>
        new(stored.Name, stored.IsArchived ? "archived" : stored.Revision is null ? "draft" : "stopped", [], [], [], PipelineAddresses.Webhook(stored.Name, EffectiveSettings.Hidden), null)
        {
            Title = stored.Revision is null && drafts.TryGetValue(stored.Name, out var draft) ? draft.Title : stored.Title,
            Home = Page,
            Revision = stored.Revision,
            Draft = !drafts.TryGetValue(stored.Name, out var head) || head.DiffersFrom(stored),
            Archived = stored.IsArchived,
        };

    private static bool Differs(Dictionary<string, StoredPipeline> stored, IReadOnlyDictionary<string, DraftHead> drafts, string name) =>
        stored.TryGetValue(name, out var live) && drafts.TryGetValue(name, out var draft) && draft.DiffersFrom(live);

    private async Task<(Dictionary<string, StoredPipeline> Stored, IReadOnlyDictionary<string, DraftHead> Drafts)> StoredAsync(CancellationToken cancellationToken)
    {
        var nothing = new Dictionary<string, StoredPipeline>(StringComparer.Ordinal);
        if (refresh.IsIdle)
        {
            return (nothing, new Dictionary<string, DraftHead>(StringComparer.Ordinal));
        }

        try
        {
            var stored = await store.ListAsync(cancellationToken);
            return (stored.ToDictionary(s => s.Name, StringComparer.Ordinal), await store.ListDraftsAsync(cancellationToken));
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            // The running pipelines are known without the store; the health check reports that it is unavailable.
            return (nothing, new Dictionary<string, DraftHead>(StringComparer.Ordinal));
        }
    }
}
