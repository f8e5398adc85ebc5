using Microsoft.Extensions.Logging;

namespace UonOfferum.Testing;

/// <summary>What a test's app is made of; what is not said is as for everybody.</summary>
public sealed record PipelineAppSetup
{
    /// <summary>Each lies between the two simulators. Each pipeline has its own circuit breakers, so a failure in one leaves the others alone.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [PipelineApp.Name];

    /// <summary>Laid over those of the pipelines.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings { get; init; } = [];

    /// <summary>Connection string; null: an empty account of its own.</summary>
    public string? Storage { get; init; }

    /// <summary>Further readers of the host's log stream.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
