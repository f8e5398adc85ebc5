using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Secrets;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Gives the editor's routes access to a stored pipeline, and handles an unavailable store of secrets for all of them.</summary>
public sealed partial class EditorAccess(EditingSettings editing, PipelineCatalog catalog, RevisionStore store, ILogger<EditorAccess> logger)
{
    /// <summary>Reads the pipeline.</summary>
    public Task<IResult> ReadAsync(string name, Func<StoredPipeline, Task<IResult>> work, CancellationToken cancellationToken) =>
        OnAsync(name, changes: false, work, cancellationToken);

    /// <summary>Changes the pipeline, unless editing is off or the pipeline is archived.</summary>
    public Task<IResult> ChangeAsync(string name, Func<StoredPipeline, Task<IResult>> work, CancellationToken cancellationToken) =>
        OnAsync(name, changes: true, work, cancellationToken);

    /// <summary>Creates something that does not exist yet.</summary>
    public Task<IResult> MakeAsync(Func<Task<IResult>> work) => TryAsync(() => editing.IsOn ? work() : Task.FromResult(Locked()));

    private Task<IResult> OnAsync(string name, bool changes, Func<StoredPipeline, Task<IResult>> work, CancellationToken cancellationToken) => TryAsync(
        async () => (OperationId.IsPipelineName(name) ? await store.FindAsync(name, cancellationToken) : null) switch
        {
            null => Unknown(name),
            _ when changes && !editing.IsOn => Locked(),
            { IsArchived: true } when changes => Problems.Conflict($"'{name}' is archived. Start it first to bring it back."),
            { } live => await work(live),
        });

    private async Task<IResult> TryAsync(Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (SecretsUnavailableException e)
        {
            Log.SecretsAway(logger, e.InnerException?.GetType().Name ?? e.GetType().Name);
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The store of secrets is away", e.Message);
        }
    }

    private IResult Unknown(string name) => catalog.Code.Knows(name)
        ? Problems.Conflict($"'{name}' is kept as code, in pipelines.json or the app settings. Change it there, or copy it to the page.")
        : Problems.NotFound($"There is no pipeline '{name}'.");

    private static IResult Locked() => Problems.Conflict("Editing is switched off (Pipelines:Editing is off): pipelines are kept as code here.");

    private static partial class Log
    {
        [LoggerMessage(1721, LogLevel.Warning, "The store of secrets does not answer ({Cause}); the editor said so")]
        public static partial void SecretsAway(ILogger logger, string cause);
    }
}
