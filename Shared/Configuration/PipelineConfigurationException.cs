namespace UonOfferum.Shared.Configuration;

/// <summary>The settings cannot be used. Contains every error found, each with its key and the remedy, without any secret value.</summary>
public sealed class PipelineConfigurationException(IReadOnlyList<string> errors)
    : Exception($"The settings have {errors.Count} error(s):{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(e => "  - " + e))}")
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
