using Azure;

namespace UonOfferum.Shared.Revisions;

/// <summary>What is live of one pipeline made on the page: the row that every instance polls.</summary>
public sealed record StoredPipeline
{
    /// <summary><c>[a-z0-9-]{1,40}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Of the live revision; before there is one, the draft's.</summary>
    public required string Title { get; init; }

    /// <summary>The revision in force; null: never published.</summary>
    public int? Revision { get; init; }

    /// <summary>The highest number ever given.</summary>
    public int Last { get; init; }

    public bool IsRunning { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>Title and settings of the live revision, as a hash: a draft with another one differs.</summary>
    public string? Hash { get; init; }

    /// <summary>Version of the draft's webhook secret: until the first revision its webhooks are recognised by it.</summary>
    public string? WebhookSecret { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    internal ETag ETag { get; init; }
}

/// <summary>What is being edited.</summary>
public sealed record StoredDraft
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>A JSON object: what stands under <c>Pipelines:{name}</c>, without secrets.</summary>
    public required string Settings { get; init; }

    /// <summary>The revision it began from.</summary>
    public int? BasedOn { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }

    internal ETag ETag { get; init; }

    /// <summary>The version to give back when saving; opaque.</summary>
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

    public string? By { get; init; }

    public string? Note { get; init; }

    /// <summary>Which version of the settings' meaning it was written in; a higher one than <see cref="CurrentSchema"/> is a newer app's.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Raise it when a setting changes its meaning, so that an older app holds the pipeline instead of selling wrongly.</summary>
    public const int CurrentSchema = 1;
}

/// <summary>A revision in the list: without its settings.</summary>
public sealed record RevisionHead(int Number, DateTimeOffset At, string? By, string? Note);

/// <summary>One secret of a draft as it was last set: never its value.</summary>
/// <param name="Version">Names the value in the secrets' store.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record SecretVersion(string Version, DateTimeOffset At, string? By);

/// <summary>The secrets of a draft.</summary>
/// <param name="Versions">By the key of their setting.</param>
/// <param name="HaveChanged">Since the last publication.</param>
public sealed record StoredSecrets(IReadOnlyDictionary<string, SecretVersion> Versions, bool HaveChanged)
{
    internal ETag ETag { get; init; }
}

/// <summary>A draft in the list of pipelines: whether it differs from what is live.</summary>
public sealed record DraftHead(string Hash, string Title, bool SecretsHaveChanged)
{
    public bool DiffersFrom(StoredPipeline live) => live.Revision is null || SecretsHaveChanged || live.Hash != Hash;
}
