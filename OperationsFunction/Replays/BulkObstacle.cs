using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Why work on many operations waits for the settings: without a pipeline, its operations would be passed over, and the work would seem done. Pure.</summary>
internal static class BulkObstacle
{
    /// <summary>A sentence for the operator; null: it can continue. Work on all pipelines continues without the <see cref="Broken"/> ones.</summary>
    /// <param name="pipelines">As they are now.</param>
    /// <param name="name">The only pipeline it concerns; null: all.</param>
    public static string? Find(PipelineSnapshot pipelines, string? name)
    {
        if (name is not null && pipelines.TryFind(name, out _))
        {
            return null;
        }

        return !pipelines.IsComplete ? "The pipelines made on the page have not been read yet. This continues as soon as they are."
            : name is null ? null
            : pipelines.TryFindInvalid(name, out _) ? $"The settings of pipeline '{name}' cannot be used, so none of its work can continue. The list of pipelines shows what to fix."
            : $"Pipeline '{name}' is no longer in the settings. Restore it to continue this, or stop this.";
    }

    /// <summary>Invalid pipelines that work on all pipelines must not end without. An archived one may be passed over.</summary>
    public static IEnumerable<string> Broken(PipelineSnapshot pipelines) =>
        pipelines.Invalid.Where(p => !p.IsArchived).Select(p => p.Name).Where(OperationId.IsPipelineName).Order(StringComparer.Ordinal);
}
