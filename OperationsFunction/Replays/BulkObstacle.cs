using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Why work on many operations waits for the settings: without a pipeline, its operations would be passed over, and the work would seem done. Pure.</summary>
internal static class BulkObstacle
{
    /// <summary>A sentence for the operator; null: it can continue. Work on all pipelines does not wait for an archived one.</summary>
    /// <param name="pipelines">As they are now.</param>
    /// <param name="name">The only pipeline it concerns; null: all.</param>
    public static string? Find(PipelineSnapshot pipelines, string? name)
    {
        if (name is not null && pipelines.TryFind(name, out _))
        {
            return null;
        }

        if (!pipelines.IsComplete)
        {
            return "The pipelines made on the page have not been read yet. This continues as soon as they are.";
        }

        var invalid = name ?? pipelines.Invalid.Where(p => !p.IsArchived).Select(p => p.Name).Where(OperationId.IsPipelineName).Order(StringComparer.Ordinal).FirstOrDefault();
        return invalid is null ? null
            : pipelines.TryFindInvalid(invalid, out _) ? $"The settings of pipeline '{invalid}' cannot be used, so none of its work can continue. The list of pipelines shows what to fix."
            : $"Pipeline '{invalid}' is no longer in the settings. Restore it to continue this, or stop this.";
    }
}
