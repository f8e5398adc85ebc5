using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Attention;

/// <summary>Answers what needs a person, the largest groups first; messages nobody can read are a group of their own.</summary>
public sealed class AttentionList(AttentionGroups groups, StrayList strays, PipelineCatalog pipelines)
{
    public async Task<IResult> GetAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        var name = query["pipeline"].ToString();
        if (name.Length > 0 && !pipelines.Knows(name))
        {
            return Problems.BadRequest($"There is no pipeline '{name}'. Known: {string.Join(", ", pipelines.Names)}.");
        }

        var asked = pipelines.Names.Where(n => name.Length == 0 || n == name);
        var found = (await Task.WhenAll(asked.Select(p => groups.OfAsync(p, cancellationToken)))).SelectMany(g => g).ToList();
        if (name.Length == 0 && await UnreadableAsync(cancellationToken) is { } unreadable)
        {
            found.Add(unreadable);
        }

        return TypedResults.Json(new AttentionView([.. found.OrderByDescending(g => g.Count)]), ApiJson.Types.AttentionView);
    }

    private async Task<AttentionGroupView?> UnreadableAsync(CancellationToken cancellationToken)
    {
        var found = await strays.UnreadableAsync(AttentionGroups.MaxRows, cancellationToken);
        return found.Count == 0 ? null : new AttentionGroupView(
            "",
            nameof(OperationState.Failed),
            ErrorCodes.Unreadable,
            null,
            found.Count,
            found.Count >= AttentionGroups.MaxRows,
            found.Min(s => s.UpdatedAt),
            found.Max(s => s.UpdatedAt),
            found[0].Error!.Message,
            [.. found.Take(5).Select(s => s.Id)],
            new AttentionQueryView(null, nameof(OperationState.Failed), ErrorCodes.Unreadable),
            []);
    }
}
