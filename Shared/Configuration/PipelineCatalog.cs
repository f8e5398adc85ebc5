using System.Diagnostics.CodeAnalysis;

namespace UonOfferum.Shared.Configuration;

/// <summary>
/// The pipelines by name, live: those kept as code for as long as the app runs, and those made on the page as they were last published.
/// Each member answers of the moment; take <see cref="Current"/> where several answers must fit together.
/// </summary>
public sealed class PipelineCatalog(IReadOnlyCollection<Pipeline> pipelines, IReadOnlyCollection<InvalidPipeline> invalid)
{
    private PipelineSnapshot _current = new(pipelines, invalid);

    /// <summary>Those of the settings and <c>pipelines.json</c> alone.</summary>
    public PipelineSnapshot Code { get; } = new(pipelines, invalid);

    public PipelineSnapshot Current => Volatile.Read(ref _current);

    /// <inheritdoc cref="PipelineSnapshot.All"/>
    public IReadOnlyCollection<Pipeline> All => Current.All;

    /// <inheritdoc cref="PipelineSnapshot.Invalid"/>
    public IReadOnlyCollection<InvalidPipeline> Invalid => Current.Invalid;

    /// <inheritdoc cref="PipelineSnapshot.Names"/>
    public IEnumerable<string> Names => Current.Names;

    /// <summary>Puts those made on the page beside those kept as code; what runs goes on with the pipeline it took.</summary>
    /// <param name="stored">Their names are none of <see cref="Code"/>.</param>
    /// <param name="invalidStored">Likewise.</param>
    /// <param name="drafts">See <see cref="PipelineSnapshot.Drafts"/>.</param>
    /// <param name="shadowed">See <see cref="PipelineSnapshot.Shadowed"/>.</param>
    public void Publish(
        IEnumerable<Pipeline> stored, IEnumerable<InvalidPipeline> invalidStored, IReadOnlyDictionary<string, IReadOnlyList<string>> drafts, IReadOnlySet<string> shadowed) =>
        Volatile.Write(ref _current, new PipelineSnapshot([.. pipelines, .. stored], [.. invalid, .. invalidStored]) { Drafts = drafts, Shadowed = shadowed });

    /// <summary>Until the store was read, an unknown name is told to come back instead of "not found".</summary>
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
