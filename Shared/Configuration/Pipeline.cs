using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Configuration;

/// <summary>One named route from a U-ON cabinet to its destinations («Обработка»), as the settings describe it.</summary>
public sealed class Pipeline
{
    private readonly Dictionary<Type, object> _parts = [];

    /// <summary><c>[a-z0-9-]{1,40}</c>; used in routes, messages and keys.</summary>
    public required string Name { get; init; }

    /// <summary>The display title; the name if no title was given.</summary>
    public required string Title { get; init; }

    /// <summary>The revision that the page published; null for a pipeline kept as code.</summary>
    public int? Revision { get; init; }

    /// <summary>Accepts no new records: its webhooks are ignored. Records accepted before are still processed.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Archived on the page; its operations stay, and unfinished ones are completed.</summary>
    public bool IsArchived { get; init; }

    /// <summary>When this revision was published or restored, in this instance's clock; a stop or a start does not change it. Null for a pipeline kept as code.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Secrets of the webhook's path, one or two (rotation); each at least 16 characters.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary>Secrets of the postback's path; empty: no postbacks are accepted.</summary>
    public required IReadOnlyList<string> PostbackSecrets { get; init; }

    /// <summary>The fields read from a record, by name.</summary>
    public required FieldSet Fields { get; init; }

    /// <summary>Rules that must all hold for a record to be sold.</summary>
    public required IReadOnlyList<FilterRule> Filter { get; init; }

    /// <summary>How far back to look for records whose webhook never came; zero disables it.</summary>
    public required TimeSpan ReconcileWindow { get; init; }

    /// <summary>Records created earlier are not looked for; null: those before the pipeline was first started.</summary>
    public DateTimeOffset? ReconcileFrom { get; init; }

    /// <summary>Every setting with its effective value, for display; secrets are masked.</summary>
    public IReadOnlyCollection<EffectiveSetting> Settings { get; init; } = [];

    public const string DefaultPhoneRegion = "RU";

    /// <summary>The country whose local phone form is assumed, ISO alpha-2: a destination's own, if it names one.</summary>
    public string PhoneRegion => _parts.Values.OfType<IPhoneRegion>().Select(p => p.Region).FirstOrDefault(r => r is not null) ?? DefaultPhoneRegion;

    /// <summary>The cabinet its records come from; null: unknown.</summary>
    internal Cabinet? Cabinet => _parts.Values.OfType<ICabinetSettings>().Select(p => p.Cabinet).FirstOrDefault();

    /// <summary>The record's page in the CRM; null when no setting defines its address.</summary>
    public Uri? LinkTo(RecordKind kind, long id) =>
        _parts.Values.OfType<IRecordLink>().Select(p => p.LinkTo(kind, id)).FirstOrDefault(l => l is not null) is { } link ? new Uri(link) : null;

    /// <summary>The settings of one stage, such as <c>UonSettings</c>.</summary>
    /// <exception cref="InvalidOperationException">The pipeline no longer has such settings; the remedy is in the message.</exception>
    public T Get<T>() where T : class => _parts.TryGetValue(typeof(T), out var part)
        ? (T)part
        : throw new InvalidOperationException($"Pipeline '{Name}' has no {typeof(T).Name}. Restore the destination's settings, or discard what still waits for it.");

    /// <summary>Whether the pipeline has such settings: a destination is optional.</summary>
    public bool Has<T>() where T : class => _parts.ContainsKey(typeof(T));

    internal void Set(object part) => _parts[part.GetType()] = part;
}

/// <summary>Settings that define the country of local phone numbers.</summary>
public interface IPhoneRegion
{
    /// <summary>ISO alpha-2; null: not specified.</summary>
    string? Region { get; }
}

/// <summary>Settings that define the address of a record's page.</summary>
public interface IRecordLink
{
    /// <summary>Null: unknown.</summary>
    string? LinkTo(RecordKind kind, long id);
}
