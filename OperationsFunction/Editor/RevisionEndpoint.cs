using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>The history of a pipeline: who published what, when and why, and what changed.</summary>
public sealed class RevisionEndpoint(EditorAccess access, RevisionStore store)
{
    private const string TitleKey = "Title";

    public Task<IResult> ListAsync(string name, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async live => TypedResults.Json(
            new RevisionListView([.. (await store.ListRevisionsAsync(name, cancellationToken))
                .Select(head => new RevisionHeadView(head.Number, head.At, head.By, head.Note, head.Number == live.Revision))]),
            EditorJson.Types.RevisionListView),
        cancellationToken);

    public Task<IResult> GetAsync(string name, string n, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async _ =>
        {
            if (!TryNumber(n, out var number) || await store.ReadRevisionAsync(name, number, cancellationToken) is not { } revision)
            {
                return Missing(name, n);
            }

            var before = number > 1 ? await store.ReadRevisionAsync(name, number - 1, cancellationToken) : null;
            using var settings = JsonDocument.Parse(revision.Settings);
            return TypedResults.Json(
                new RevisionView(
                    number, revision.At, revision.By, revision.Note, revision.Title, settings.RootElement.Clone(),
                    [.. revision.Secrets.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SecretVersionView(s.Key, s.Value))],
                    Changes(before, revision)),
                EditorJson.Types.RevisionView);
        },
        cancellationToken);

    /// <summary>Reports that a secret changed, but not its versions, which mean nothing to people.</summary>
    internal static IReadOnlyList<SettingChangeView> Changes(StoredRevision? before, StoredRevision after)
    {
        var was = before is null ? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) : Flat(before);
        var now = Flat(after);
        var settings =
            from key in was.Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            let old = was.GetValueOrDefault(key)
            let next = now.GetValueOrDefault(key)
            where old != next
            select new SettingChangeView(key, old, next);
        var secrets =
            from key in (before?.Secrets.Keys ?? []).Union(after.Secrets.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            let old = before?.Secrets.GetValueOrDefault(key)
            let next = after.Secrets.GetValueOrDefault(key)
            where old != next
            select new SettingChangeView(key, old is null ? null : Shared.Configuration.EffectiveSettings.Hidden, next is null ? null : Shared.Configuration.EffectiveSettings.Hidden);
        return [.. settings, .. secrets];
    }

    internal static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    internal static IResult Missing(string name, string n) => Problems.NotFound($"'{name}' has no revision {n[..Math.Min(n.Length, 20)]}. Its history lists the existing revisions.");

    private static Dictionary<string, string> Flat(StoredRevision revision) =>
        new(SettingPaths.Flatten(PipelineSettings.Parse(revision.Settings)), StringComparer.OrdinalIgnoreCase) { [TitleKey] = revision.Title };
}
