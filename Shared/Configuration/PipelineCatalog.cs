using System.Diagnostics.CodeAnalysis;

namespace UonOfferum.Shared.Configuration;

/// <summary>
/// The current pipelines by name: those kept as code, which do not change while the app runs, and the published revisions of those made on the page.
/// Each member reads the current state; use <see cref="Current"/> where several reads must be consistent.
/// </summary>
public sealed class PipelineCatalog(IReadOnlyCollection<Pipeline> pipelines, IReadOnlyCollection<InvalidPipeline> invalid)
{
    private PipelineSnapshot _current = new(pipelines, invalid);

    /// <summary>Only the pipelines of the settings and <c>pipelines.json</c>.</summary>
    public PipelineSnapshot Code { get; } = new(pipelines, invalid);

    public PipelineSnapshot Current => Volatile.Read(ref _current);

    /// <inheritdoc cref="PipelineSnapshot.All"/>
    public IReadOnlyCollection<Pipeline> All => Current.All;

    /// <inheritdoc cref="PipelineSnapshot.Invalid"/>
    public IReadOnlyCollection<InvalidPipeline> Invalid => Current.Invalid;

    /// <inheritdoc cref="PipelineSnapshot.Names"/>
    public IEnumerable<string> Names => Current.Names;

    /// <summary>Adds the pipelines made on the page to those kept as code; running work continues with the pipeline it started with.</summary>
    /// <param name="stored">Pipelines whose names are not in <see cref="Code"/>.</param>
    /// <param name="invalidStored">Likewise.</param>
    /// <param name="drafts">See <see cref="PipelineSnapshot.Drafts"/>.</param>
    /// <param name="shadowed">See <see cref="PipelineSnapshot.Shadowed"/>.</param>
    public void Publish(
        IEnumerable<Pipeline> stored, IEnumerable<InvalidPipeline> invalidStored, IReadOnlyDictionary<string, IReadOnlyList<string>> drafts, IReadOnlySet<string> shadowed) =>
        Volatile.Write(ref _current, new PipelineSnapshot([.. pipelines, .. stored], [.. invalid, .. invalidStored]) { Drafts = drafts, Shadowed = shadowed });

    /// <summary>Until the store has been read, a request for an unknown name gets "retry later" instead of "not found".</summary>
    public void AwaitStore() => Volatile.Write(ref _current, new PipelineSnapshot(pipelines, invalid) { IsComplete = false });

    /// <inheritdoc cref="PipelineSnapshot.TryFind"/>
    public bool TryFind(string name, [NotNullWhen(true)] out Pipeline? pipeline) => Current.TryFind(name, out pipeline);

    /// <inheritdoc cref="PipelineSnapshot.TryFindInvalid"/>
    public bool TryFindInvalid(string name, [NotNullWhen(true)] out InvalidPipeline? pipeline) => Current.TryFindInvalid(name, out pipeline);

    /// <inheritdoc cref="PipelineSnapshot.Knows"/>
    public bool Knows(string name) => Current.Knows(name);

    /// <inheritdoc cref="PipelineSnapshot.Get"/>
    public Pipeline Get(string name) => Current.Get(name);
}
