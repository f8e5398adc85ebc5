using System.Diagnostics.CodeAnalysis;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Configuration;

/// <summary>
/// The pipelines at one moment. Whoever works on a message takes one snapshot and one <see cref="Pipeline"/> of it, so that the whole
/// of the message is worked under one revision.
/// </summary>
public sealed class PipelineSnapshot(IReadOnlyCollection<Pipeline> pipelines, IReadOnlyCollection<InvalidPipeline> invalid)
{
    private readonly Dictionary<string, Pipeline> _byName = pipelines.ToDictionary(p => p.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, InvalidPipeline> _invalid = invalid.ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Valid pipelines, the stopped and the archived ones included: all of them may have work to finish.</summary>
    public IReadOnlyCollection<Pipeline> All => _byName.Values;

    /// <summary>Those that an operator has to do with: not the archived ones.</summary>
    public IEnumerable<Pipeline> Active => _byName.Values.Where(p => !p.IsArchived);

    /// <summary>Pipelines whose settings an operator has to fix.</summary>
    public IReadOnlyCollection<InvalidPipeline> Invalid => _invalid.Values;

    /// <summary>Drafts that were never published: their webhooks are ignored, not unknown. Secrets by the pipeline's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Drafts { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Names that are kept both as code and on the page: code wins.</summary>
    public IReadOnlySet<string> Shadowed { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>False until the store of pipelines was read for the first time: a name that is not here may yet be one.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What the journal may know something about, archived pipelines too. A name that is none cannot stand in a key.</summary>
    public IEnumerable<string> Names => _byName.Keys.Concat(_invalid.Keys.Where(OperationId.IsPipelineName));

    public bool TryFind(string name, [NotNullWhen(true)] out Pipeline? pipeline) => _byName.TryGetValue(name, out pipeline);

    public bool TryFindInvalid(string name, [NotNullWhen(true)] out InvalidPipeline? pipeline) => _invalid.TryGetValue(name, out pipeline);

    /// <summary>Valid or not.</summary>
    public bool Knows(string name) => _byName.ContainsKey(name) || _invalid.ContainsKey(name);

    public bool IsArchived(string name) => _byName.TryGetValue(name, out var pipeline) && pipeline.IsArchived;

    /// <summary>Takes no new records, so that nobody misses its webhooks.</summary>
    public bool IsStopped(string name) => _byName.TryGetValue(name, out var pipeline) && pipeline.IsStopped;

    /// <summary>Its work waits: the settings cannot be used, or the store of pipelines was not read yet.</summary>
    public bool MustWait(string name) => _invalid.ContainsKey(name) || (!IsComplete && !_byName.ContainsKey(name));

    /// <exception cref="InvalidOperationException">The pipeline is not configured; the remedy is in the message.</exception>
    public Pipeline Get(string name) => TryFind(name, out var pipeline)
        ? pipeline
        : throw new InvalidOperationException(
            $"Pipeline '{name}' is not configured. Put it back into pipelines.json or the app settings; its messages are kept in the poison queue.");
}
