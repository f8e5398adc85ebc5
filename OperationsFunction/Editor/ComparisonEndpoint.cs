using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Compares what a draft would have done with the last real records to what the live revision does.</summary>
public sealed class ComparisonEndpoint(EditorAccess access, DraftReader drafts, PipelineCatalog catalog, OperationSearch search, JournalStore journal, ComparisonJobs jobs)
{
    private const int Usual = 20, Max = 50;

    public async Task<IResult> StartAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (take, refusal) = await TrialRequest.TakeAsync(request, Usual, Max, cancellationToken);
        return refusal ?? await access.ReadAsync(
            name,
            async stored =>
            {
                if (!catalog.TryFind(name, out var live))
                {
                    return Problems.Conflict($"'{name}' has no published revision, so there is nothing to compare the draft with. Publish it first.");
                }

                var draft = await drafts.ReadAsync(stored, cancellationToken);
                if (draft.Problems.Count > 0)
                {
                    return EditorProblems.CannotPublish(draft.Problems);
                }

                var id = await jobs.StartAsync(await NewestAsync(name, take, cancellationToken), live, draft.Pipeline, cancellationToken);
                return TypedResults.Json(new ComparisonStartedView(id), EditorJson.Types.ComparisonStartedView, statusCode: StatusCodes.Status202Accepted);
            },
            cancellationToken);
    }

    public Task<IResult> GetAsync(string name, string id, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async _ => IsId(id) && await jobs.FindAsync(name, id, cancellationToken) is { } view ? TypedResults.Json(view, EditorJson.Types.ComparisonView) : Missing(name, id),
        cancellationToken);

    public Task<IResult> CancelAsync(string name, string id, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async _ =>
        {
            if (!IsId(id) || await jobs.FindAsync(name, id, cancellationToken) is null)
            {
                return Missing(name, id);
            }

            jobs.Cancel(name);
            return TypedResults.NoContent();
        },
        cancellationToken);

    /// <summary>With the webhooks' metadata, which the list's rows do not contain.</summary>
    private async Task<IReadOnlyList<Operation>> NewestAsync(string name, int take, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(new OperationQuery { Pipeline = name, Take = take }, cancellationToken);
        var whole = await Task.WhenAll(found.Select(operation => journal.ReadAsync(operation.Id, cancellationToken)));
        return [.. whole.OfType<JournalEntry>().Select(entry => entry.Operation)];
    }

    private static IResult Missing(string name, string id) => Problems.NotFound($"'{name}' no longer has the comparison '{id[..Math.Min(id.Length, 40)]}'. Start a new one.");

    private static bool IsId(string id) => Guid.TryParseExact(id, "N", out _);
}
