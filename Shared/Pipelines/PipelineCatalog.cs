using System.Diagnostics.CodeAnalysis;

namespace UonOfferum.Shared.Pipelines;

/// <summary>The pipelines in force, by name.</summary>
public sealed class PipelineCatalog(IEnumerable<Pipeline> pipelines)
{
    private readonly Dictionary<string, Pipeline> _byName = pipelines.ToDictionary(p => p.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<Pipeline> All => _byName.Values;

    public bool TryFind(string name, [NotNullWhen(true)] out Pipeline? pipeline) => _byName.TryGetValue(name, out pipeline);

    /// <exception cref="InvalidOperationException">The pipeline is not configured; the remedy is in the message.</exception>
    public Pipeline Get(string name) => TryFind(name, out var pipeline)
        ? pipeline
        : throw new InvalidOperationException(
            $"Pipeline '{name}' is not configured. Put it back into pipelines.json or the app settings; its messages are kept in the poison queue.");
}
