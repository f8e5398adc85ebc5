namespace UonOfferum.Shared.Configuration;

/// <summary>The settings cannot be used. Carries every error found, each naming its key and the remedy, and no value of a secret.</summary>
public sealed class PipelineConfigurationException(IReadOnlyList<string> errors)
    : Exception($"The settings have {errors.Count} error(s):{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(e => "  - " + e))}")
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
