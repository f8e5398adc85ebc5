using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Attention;

/// <summary>Lists what needs an operator, the largest groups first; unreadable messages form their own group, and so do each pipeline's unmatched postbacks.</summary>
public sealed class AttentionList(AttentionGroups groups, OrphanedItems orphans, PipelineRegistry registry, TimeProvider time)
{
    /// <summary>A postback cannot be resolved: it stays in the list, but needs no attention after this time.</summary>
    private static readonly TimeSpan PostbacksFor = TimeSpan.FromDays(3);

    public async Task<IResult> GetAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        var name = query["pipeline"].ToString();
        if (name.Length > 0 && await registry.RefusalAsync(name, cancellationToken) is { } refusal)
        {
            return Problems.BadRequest(refusal);
        }

        var asked = (await registry.NamesAsync(cancellationToken)).Where(n => name.Length == 0 || n == name);
        var found = (await Task.WhenAll(asked.Select(p => groups.OfAsync(p, cancellationToken)))).SelectMany(g => g).ToList();
        if (name.Length == 0 && await orphans.UnreadableAsync(from: null, to: null, AttentionGroups.MaxRows, cancellationToken) is { Count: > 0 } unreadable)
        {
            found.Add(Group("", null, unreadable));
        }

        var unmatched = await orphans.UnmatchedAsync(name.Length == 0 ? null : name, time.GetUtcNow() - PostbacksFor, to: null, AttentionGroups.MaxRows, cancellationToken);
        found.AddRange(unmatched.GroupBy(o => o.Pipeline, StringComparer.Ordinal).Select(group => Group(group.Key, group.Key, [.. group])));

        return TypedResults.Json(new AttentionView([.. found.OrderByDescending(g => g.Count)]), AttentionJson.Types.AttentionView);
    }

    /// <param name="pipeline">"" for items of no pipeline.</param>
    /// <param name="asked">The pipeline to filter the list by.</param>
    /// <param name="found">Items of one state and code.</param>
    private static AttentionGroupView Group(string pipeline, string? asked, IReadOnlyList<OperationView> found) => new(
        pipeline,
        found[0].State,
        found[0].Error!.Code,
        null,
        found.Count,
        found.Count >= AttentionGroups.MaxRows,
        found.Min(s => s.UpdatedAt),
        found.Max(s => s.UpdatedAt),
        found[0].Error!.Message,
        [.. found.Take(5).Select(s => s.Id)],
        new AttentionQueryView(asked, found[0].State, found[0].Error!.Code, null),
        false,
        []);
}
