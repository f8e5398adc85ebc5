namespace UonOfferum.Shared.Configuration;

/// <summary>Where a pipeline's settings come from, beside what they say.</summary>
/// <param name="Title">For people; null: its name.</param>
/// <param name="Revision">As published; null: kept as code.</param>
/// <param name="IsStopped">Takes no new records.</param>
/// <param name="IsArchived">Put away.</param>
public sealed record PipelineOrigin(string? Title = null, int? Revision = null, bool IsStopped = false, bool IsArchived = false)
{
    /// <summary>Settings and <c>pipelines.json</c>: what runs as long as it stands there.</summary>
    public static readonly PipelineOrigin Code = new();
}

/// <summary>One pipeline as it was read, whole or with what is wrong.</summary>
/// <param name="Pipeline">Where a setting cannot be used its default stands in; fit to run only without errors.</param>
/// <param name="Errors">Each with its whole key and the remedy.</param>
/// <param name="Problems">The same in parts.</param>
public sealed record PipelineReading(Pipeline Pipeline, IReadOnlyList<string> Errors, IReadOnlyList<SettingProblem> Problems)
{
    /// <summary>What stands in the catalogue while the errors do.</summary>
    public InvalidPipeline AsInvalid() => new(
        Pipeline.Name, PipelineReader.LongEnough(Pipeline.WebhookSecrets), PipelineReader.LongEnough(Pipeline.PostbackSecrets), Errors)
    { Revision = Pipeline.Revision };
}

/// <summary>The stages' own settings, for whoever reads a pipeline after the start.</summary>
public sealed record PipelineParts(IReadOnlyList<SettingsPart> All);
