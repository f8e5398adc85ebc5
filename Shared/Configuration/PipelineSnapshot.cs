using System.Diagnostics.CodeAnalysis;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Configuration;

/// <summary>
/// The pipelines at one moment. The processing of a message uses one snapshot and one <see cref="Pipeline"/> of it, so that the whole
/// message is processed under one revision.
/// </summary>
public sealed class PipelineSnapshot(IReadOnlyCollection<Pipeline> pipelines, IReadOnlyCollection<InvalidPipeline> invalid)
{
    private readonly Dictionary<string, Pipeline> _byName = pipelines.ToDictionary(p => p.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, InvalidPipeline> _invalid = invalid.ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Valid pipelines, including stopped and archived ones: all of them may have unfinished work.</summary>
    public IReadOnlyCollection<Pipeline> All => _byName.Values;

    /// <summary>The pipelines shown to an operator: all but the archived ones.</summary>
    public IEnumerable<Pipeline> Active => _byName.Values.Where(p => !p.IsArchived);

    /// <summary>Pipelines whose settings an operator has to fix.</summary>
    public IReadOnlyCollection<InvalidPipeline> Invalid => _invalid.Values;

    /// <summary>Drafts that were never published: their webhooks are ignored, not unknown. Secrets by the pipeline's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Drafts { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Names that are kept both as code and on the page: code wins.</summary>
    public IReadOnlySet<string> Shadowed { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>False until the pipeline store has been read for the first time: an unknown name may still be a pipeline.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The names that may occur in the journal, including archived pipelines. An invalid name cannot be part of a key.</summary>
    public IEnumerable<string> Names => _byName.Keys.Concat(_invalid.Keys.Where(OperationId.IsPipelineName));

    public bool TryFind(string name, [NotNullWhen(true)] out Pipeline? pipeline) => _byName.TryGetValue(name, out pipeline);

    public bool TryFindInvalid(string name, [NotNullWhen(true)] out InvalidPipeline? pipeline) => _invalid.TryGetValue(name, out pipeline);

    /// <summary>Valid or not.</summary>
    public bool Knows(string name) => _byName.ContainsKey(name) || _invalid.ContainsKey(name);

    public bool IsArchived(string name) => _byName.TryGetValue(name, out var pipeline) && pipeline.IsArchived;

    /// <summary>Whether it accepts no new records, so that missing webhooks are expected.</summary>
    public bool IsStopped(string name) => _byName.TryGetValue(name, out var pipeline) && pipeline.IsStopped;

    /// <summary>Whether its work must wait: the settings are invalid, or the pipeline store has not been read yet.</summary>
    public bool MustWait(string name) => _invalid.ContainsKey(name) || (!IsComplete && !_byName.ContainsKey(name));

    /// <exception cref="InvalidOperationException">The pipeline is not configured; the remedy is in the message.</exception>
    public Pipeline Get(string name) => TryFind(name, out var pipeline)
        ? pipeline
        : throw new InvalidOperationException(
            $"Pipeline '{name}' is not configured. Restore it in pipelines.json or the app settings; its messages are kept in the poison queue.");
}
