using System.Text.Json;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>A draft, and the result of reading it with the app's own reader.</summary>
/// <param name="Live">The live state of the pipeline.</param>
/// <param name="Draft">As stored.</param>
/// <param name="Secrets">Of the draft, used or not.</param>
/// <param name="Used">Version of each secret that these settings use.</param>
/// <param name="Reading">The pipeline, with defaults where something cannot be used.</param>
/// <param name="Problems">All of them: of the settings, and of secrets that cannot be read.</param>
public sealed record DraftReading(
    StoredPipeline Live,
    StoredDraft Draft,
    StoredSecrets Secrets,
    IReadOnlyDictionary<string, string> Used,
    PipelineReading Reading,
    IReadOnlyList<SettingProblem> Problems)
{
    public Pipeline Pipeline => Reading.Pipeline;

    public DraftView View()
    {
        using var settings = JsonDocument.Parse(Draft.Settings);
        return new DraftView(
            Live.Name, Live.Revision is not null, Draft.Title, settings.RootElement.Clone(), SecretViews(),
            Draft.BasedOn, Live.Revision, Live.IsRunning, Draft.UpdatedAt, Draft.UpdatedBy, Draft.Version);
    }

    /// <summary>The first problem of a part, such as <c>Uon</c>; null when the part can be used.</summary>
    public SettingProblem? ProblemOf(string section) =>
        Problems.FirstOrDefault(p => p.Key.Equals(section, StringComparison.OrdinalIgnoreCase) || p.Key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<SecretView> SecretViews() =>
        [.. Reading.Pipeline.Settings.Where(s => s.IsSecret).Select(setting =>
        {
            var version = Secrets.Versions.GetValueOrDefault(setting.Key);
            var problem = Problems.FirstOrDefault(p => p.Key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase));
            var isMissing = problem?.Code == ProblemCodes.Missing;
            return new SecretView(
                setting.Key, SecretLabels.Of(setting.Key), isMissing || SecretLabels.IsAlwaysRequired(setting.Key), version is not null, version?.Version, version?.At,
                isMissing ? null : problem is null ? null : $"{problem.Message} {problem.Remedy}");
        })];
}

/// <summary>Reads drafts as the app will read them once they are published.</summary>
public sealed class DraftReader(RevisionStore store, SecretValues secrets, PipelineParts parts)
{
    /// <summary>Sections of every pipeline; a destination's secrets count only if the settings name it.</summary>
    private static readonly string[] Always = ["Uon", "Webhook", "Postback"];

    /// <exception cref="InvalidOperationException">The pipeline's rows are not complete.</exception>
    public async Task<DraftReading> ReadAsync(StoredPipeline live, CancellationToken cancellationToken)
    {
        var draft = await store.ReadDraftAsync(live.Name, cancellationToken)
            ?? throw new InvalidOperationException($"The draft of '{live.Name}' is no longer in the table '{PipelineTable.Name}'. Delete the pipeline there, or restore the table.");
        return await ReadAsync(live, draft, await store.ReadSecretsAsync(live.Name, cancellationToken), cancellationToken);
    }

    /// <summary>Reads a draft that need not be stored.</summary>
    public async Task<DraftReading> ReadAsync(StoredPipeline live, StoredDraft draft, StoredSecrets stored, CancellationToken cancellationToken)
    {
        var used = Use(draft.Settings, stored.Versions.Select(s => KeyValuePair.Create(s.Key, s.Value.Version)));
        var values = await secrets.ResolveAsync(live.Name, used, cancellationToken);
        var reading = PipelineSettings.Read(live.Name, draft.Settings, values.Values, parts.All, new PipelineOrigin(draft.Title));
        // A secret that is set and cannot be read is not missing.
        var unreadable = values.Problems.Select(p => p.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new DraftReading(
            live, draft, stored, used, reading,
            [.. values.Problems, .. reading.Problems.Where(p => p.Code != ProblemCodes.Missing || !unreadable.Contains(p.Key))]);
    }

    /// <summary>Splits the settings into those without secrets, and the values for the secret store.</summary>
    public (string Settings, IReadOnlyList<KeyValuePair<string, string>> Secrets) Split(string name, JsonObject settings)
    {
        var written = PipelineSettings.Write(settings);
        var found = new List<KeyValuePair<string, string>>();
        foreach (var key in PipelineSettings.Read(name, written, [], parts.All, PipelineOrigin.Code).Pipeline.Settings.Where(s => s.IsSecret).Select(s => s.Key))
        {
            if (SettingPaths.Take(settings, key) is { } value && value.Trim().Length > 0)
            {
                found.Add(KeyValuePair.Create(key, value.Trim()));
            }
        }

        return (found.Count == 0 ? written : PipelineSettings.Write(settings), found);
    }

    /// <summary>Includes every existing destination: the page may ask for a token before it has saved the rest.</summary>
    public static IReadOnlyList<string> AllSecretKeys => SecretLabels.Keys;

    /// <summary>The keys of this pipeline's secrets, as its settings are now.</summary>
    public static IEnumerable<string> SecretKeys(DraftReading reading) => reading.Pipeline.Settings.Where(s => s.IsSecret).Select(s => s.Key);

    /// <summary>A token that was entered for a destination that the settings do not name must not bring the destination back.</summary>
    private static IReadOnlyDictionary<string, string> Use(string settings, IEnumerable<KeyValuePair<string, string>> versions)
    {
        var sections = (PipelineSettings.Parse(settings) ?? []).Select(pair => pair.Key).Concat(Always).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return versions.Where(v => sections.Contains(v.Key.Split(':')[0])).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
