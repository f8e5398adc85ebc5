using System.Diagnostics.CodeAnalysis;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Pipelines;

/// <summary>The configured pipelines by name: those in force, and those whose settings cannot be used.</summary>
public sealed class PipelineCatalog(IEnumerable<Pipeline> pipelines, IEnumerable<InvalidPipeline> invalid)
{
    private readonly Dictionary<string, Pipeline> _byName = pipelines.ToDictionary(p => p.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, InvalidPipeline> _invalid = invalid.ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Those in force.</summary>
    public IReadOnlyCollection<Pipeline> All => _byName.Values;

    /// <summary>Those that wait for somebody to mend their settings.</summary>
    public IReadOnlyCollection<InvalidPipeline> Invalid => _invalid.Values;

    /// <summary>Of both: what the journal may know something about. A name that is none cannot stand in a key.</summary>
    public IEnumerable<string> Names => _byName.Keys.Concat(_invalid.Keys.Where(OperationId.IsPipelineName));

    public bool TryFind(string name, [NotNullWhen(true)] out Pipeline? pipeline) => _byName.TryGetValue(name, out pipeline);

    public bool TryFindInvalid(string name, [NotNullWhen(true)] out InvalidPipeline? pipeline) => _invalid.TryGetValue(name, out pipeline);

    /// <summary>In force or not.</summary>
    public bool Knows(string name) => _byName.ContainsKey(name) || _invalid.ContainsKey(name);

    /// <exception cref="InvalidOperationException">The pipeline is not configured; the remedy is in the message.</exception>
    public Pipeline Get(string name) => TryFind(name, out var pipeline)
        ? pipeline
        : throw new InvalidOperationException(
            $"Pipeline '{name}' is not configured. Put it back into pipelines.json or the app settings; its messages are kept in the poison queue.");
}
