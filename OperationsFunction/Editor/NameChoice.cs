using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>
/// Which names a new pipeline may have. The journal keeps the operations of removed pipelines under their names: whoever gets such a name resumes
/// their waiting work with other settings, and takes new records whose numbers are in the journal for known.
/// </summary>
public sealed class NameChoice(PipelineCatalog catalog, RevisionStore store, PipelineRegistry registry)
{
    /// <summary>Why a chosen name cannot be used; null when it can.</summary>
    /// <param name="name">As given.</param>
    /// <param name="continues">Whether the request asks for the operations of a removed pipeline.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task<IResult?> RefusalAsync(string name, bool continues, CancellationToken cancellationToken) =>
        PipelineNames.Refusal(name) is { } refusal ? Problems.BadRequest(refusal)
        : catalog.Code.Knows(name) || await store.FindAsync(name, cancellationToken) is not null ? Taken(name)
        : !continues && await registry.KnowsAsync(name, cancellationToken) ? Retired(name)
        : null;

    /// <summary>The name derived from a title, or the first free one with a number appended.</summary>
    public async Task<string> FreeAsync(string title, CancellationToken cancellationToken)
    {
        var taken = (await store.ListAsync(cancellationToken)).Select(s => s.Name).Concat(await registry.NamesAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return PipelineNames.Free(PipelineNames.FromTitle(title), name => taken.Contains(name) || catalog.Code.Knows(name));
    }

    public static IResult Taken(string name) => Problems.Conflict($"There is a pipeline '{name}' already. Choose another name.");

    private static IResult Retired(string name) =>
        Problems.Conflict($"The journal keeps the operations of the removed pipeline '{name}'. Choose another name, or continue that pipeline with its operations: docs/pipelines.md.");
}
