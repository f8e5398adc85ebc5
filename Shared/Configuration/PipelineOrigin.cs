namespace UonOfferum.Shared.Configuration;

/// <summary>Metadata of a pipeline's settings: their origin and status.</summary>
/// <param name="Title">The display title; null: its name.</param>
/// <param name="Revision">As published; null: kept as code.</param>
/// <param name="IsStopped">Accepts no new records.</param>
/// <param name="IsArchived">Archived.</param>
/// <param name="PublishedAt">See <see cref="Pipeline.PublishedAt"/>.</param>
public sealed record PipelineOrigin(
    string? Title = null, int? Revision = null, bool IsStopped = false, bool IsArchived = false, DateTimeOffset? PublishedAt = null)
{
    /// <summary>Settings and <c>pipelines.json</c>: these pipelines run as long as they are configured there.</summary>
    public static readonly PipelineOrigin Code = new();
}

/// <summary>The result of reading one pipeline, with its problems.</summary>
/// <param name="Pipeline">Invalid settings have their defaults; it may only run if there are no errors.</param>
/// <param name="Errors">Each with its whole key and the remedy.</param>
/// <param name="Problems">The same errors in structured form.</param>
public sealed record PipelineReading(Pipeline Pipeline, IReadOnlyList<string> Errors, IReadOnlyList<SettingProblem> Problems)
{
    /// <summary>See <see cref="InvalidPipeline.SecretsAreUnknown"/>.</summary>
    public bool SecretsAreUnknown { get; init; }

    /// <summary>The catalogue entry until the errors are fixed.</summary>
    public InvalidPipeline AsInvalid() => new(
        Pipeline.Name, PipelineReader.LongEnough(Pipeline.WebhookSecrets), PipelineReader.LongEnough(Pipeline.PostbackSecrets), Errors)
    { Revision = Pipeline.Revision, IsArchived = Pipeline.IsArchived, SecretsAreUnknown = SecretsAreUnknown };
}

/// <summary>The stages' own settings, for code that reads a pipeline after startup.</summary>
public sealed record PipelineParts(IReadOnlyList<SettingsPart> All);
