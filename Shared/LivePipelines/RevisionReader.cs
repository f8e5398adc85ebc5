using System.Collections.Concurrent;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Shared.LivePipelines;

/// <summary>A published pipeline in this instance: valid, or invalid with its problems.</summary>
/// <param name="Pipeline">Null when it cannot run.</param>
/// <param name="Invalid">Null when it can.</param>
/// <param name="MayReturn">The problem may be temporary: read it again.</param>
public sealed record LivePipeline(Pipeline? Pipeline, InvalidPipeline? Invalid, bool MayReturn = false);

/// <summary>Turns the live revision into a pipeline, with the reader that also reads <c>pipelines.json</c>.</summary>
public sealed class RevisionReader(RevisionStore store, SecretValues secrets, PipelineParts parts)
{
    private const string WebhookKey = "Webhook:Secret", PostbackKey = "Postback:Secret";

    /// <summary>Revisions never change.</summary>
    private readonly ConcurrentDictionary<(string Name, int Number), StoredRevision> _revisions = new();

    /// <param name="live">A pipeline that has a revision.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task<LivePipeline> ReadAsync(StoredPipeline live, CancellationToken cancellationToken)
    {
        var number = live.Revision ?? throw new InvalidOperationException($"'{live.Name}' was never published.");
        if (!_revisions.TryGetValue((live.Name, number), out var revision))
        {
            revision = await store.ReadRevisionAsync(live.Name, number, cancellationToken);
            if (revision is null)
            {
                return new LivePipeline(null, Unusable(live, new Dictionary<string, string>(StringComparer.Ordinal), [$"Its revision {number} is no longer in the table '{PipelineTable.Name}'. Restore another revision."], secretsAreUnknown: true));
            }

            _revisions[(live.Name, number)] = revision;
        }

        var resolved = await secrets.ResolveAsync(live.Name, revision.Secrets, cancellationToken);
        if (revision.Schema > StoredRevision.CurrentSchema)
        {
            return new LivePipeline(null, Unusable(live, resolved.Values,
                [$"Its revision {number} was written by a newer version of the app (schema {revision.Schema}, this one knows {StoredRevision.CurrentSchema}). Deploy that version, or restore an older revision."],
                AreUnknown(revision, resolved)));
        }

        if (resolved.Problems.Count > 0)
        {
            return new LivePipeline(
                null,
                Unusable(live, resolved.Values, [.. resolved.Problems.Select(p => $"{PipelineReader.Section}:{live.Name}:{p.Key}: {p.Message} {p.Remedy}")], AreUnknown(revision, resolved)),
                resolved.MayReturn);
        }

        var origin = new PipelineOrigin(revision.Title, number, IsStopped: !live.IsRunning, live.IsArchived, revision.PublishedAt ?? revision.At);
        var reading = PipelineSettings.Read(live.Name, revision.Settings, resolved.Values, parts.All, origin);
        return reading.Errors.Count == 0 ? new LivePipeline(reading.Pipeline, null) : new LivePipeline(null, reading.AsInvalid());
    }

    /// <summary>The webhook secrets of a draft that was never published; empty when there are none, or they cannot be read now.</summary>
    public async Task<IReadOnlyList<string>> WebhookSecretsAsync(StoredPipeline draft, CancellationToken cancellationToken)
    {
        if (draft.WebhookSecret is not { } version)
        {
            return [];
        }

        var resolved = await secrets.ResolveAsync(draft.Name, [KeyValuePair.Create(WebhookKey, version)], cancellationToken);
        return Secrets(resolved.Values, WebhookKey);
    }

    private static bool AreUnknown(StoredRevision revision, ResolvedSecrets resolved) =>
        !resolved.Values.ContainsKey(WebhookKey) || (revision.Secrets.ContainsKey(PostbackKey) && !resolved.Values.ContainsKey(PostbackKey));

    private static InvalidPipeline Unusable(StoredPipeline live, IReadOnlyDictionary<string, string> values, IReadOnlyList<string> problems, bool secretsAreUnknown) =>
        new(live.Name, Secrets(values, WebhookKey), Secrets(values, PostbackKey), problems) { Revision = live.Revision, IsArchived = live.IsArchived, SecretsAreUnknown = secretsAreUnknown };

    private static IReadOnlyList<string> Secrets(IReadOnlyDictionary<string, string> values, string key) => PipelineReader.LongEnough(
        values.TryGetValue(key, out var value) ? value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : []);
}
