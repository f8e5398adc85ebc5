using Azure;

namespace UonOfferum.Shared.Revisions;

/// <summary>The live state of one pipeline made on the page: the row that every instance polls.</summary>
public sealed record StoredPipeline
{
    /// <summary><c>[a-z0-9-]{1,40}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The live revision's title; before there is one, the draft's.</summary>
    public required string Title { get; init; }

    /// <summary>The live revision; null: never published.</summary>
    public int? Revision { get; init; }

    /// <summary>The highest revision number ever used.</summary>
    public int Last { get; init; }

    public bool IsRunning { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>The hash of the live revision's title and settings: a draft with another hash differs.</summary>
    public string? Hash { get; init; }

    /// <summary>Version of the draft's webhook secret: until the first revision it authenticates the webhooks.</summary>
    public string? WebhookSecret { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    internal ETag ETag { get; init; }
}

/// <summary>The draft being edited.</summary>
public sealed record StoredDraft
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>A JSON object: the content of <c>Pipelines:{name}</c>, without secrets.</summary>
    public required string Settings { get; init; }

    /// <summary>The revision it is based on.</summary>
    public int? BasedOn { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }

    internal ETag ETag { get; init; }

    /// <summary>The version to pass when saving; opaque.</summary>
    public string Version => ETag.ToString();
}

/// <summary>One published version of a pipeline; never changed.</summary>
public sealed record StoredRevision
{
    public required string Name { get; init; }

    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>See <see cref="StoredDraft.Settings"/>.</summary>
    public required string Settings { get; init; }

    /// <summary>Version of each secret, by its setting's key.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// When storage accepted it, in the reader's clock: a publication's age is measured by the storage's clock alone, because the clocks of the
    /// publishing and the reading instance may differ. Never too early; null if the storage did not tell, or has not accepted it yet.
    /// </summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public string? By { get; init; }

    public string? Note { get; init; }

    /// <summary>The schema version of the settings; a version above <see cref="CurrentSchema"/> was written by a newer app.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Raise it when a setting changes its meaning, so that an older app holds the pipeline instead of misreading the setting.</summary>
    public const int CurrentSchema = 1;
}

/// <summary>A revision in the list: without its settings.</summary>
public sealed record RevisionHead(int Number, DateTimeOffset At, string? By, string? Note);

/// <summary>One secret of a draft as last set, without its value.</summary>
/// <param name="Version">Identifies the value in the secret store.</param>
/// <param name="At">When it was set.</param>
/// <param name="By">The operator who set it.</param>
public sealed record SecretVersion(string Version, DateTimeOffset At, string? By);

/// <summary>The secrets of a draft.</summary>
/// <param name="Versions">By the key of their setting.</param>
/// <param name="HaveChanged">Whether a secret changed since the last publication.</param>
public sealed record StoredSecrets(IReadOnlyDictionary<string, SecretVersion> Versions, bool HaveChanged)
{
    internal ETag ETag { get; init; }
}

/// <summary>A draft in the list of pipelines: used to detect whether it differs from the live revision.</summary>
public sealed record DraftHead(string Hash, string Title, bool SecretsHaveChanged)
{
    public bool DiffersFrom(StoredPipeline live) => live.Revision is null || SecretsHaveChanged || live.Hash != Hash;
}
