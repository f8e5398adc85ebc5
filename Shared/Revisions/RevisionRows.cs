using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Revisions;

/// <summary>
/// Rows of the table <c>pipelines</c>: <c>l|{name}</c> the live state, <c>d|{name}</c> the draft, <c>x|{name}</c> the versions of its secrets,
/// <c>r|{name}|{number}</c> a revision. Settings that are too long for a row continue in rows with a further <c>|{part}</c>.
/// </summary>
internal static class RevisionRows
{
    /// <summary>Characters of settings per row: 12 cells, 768 KB of the 1 MiB that storage allows.</summary>
    public const int MaxCharacters = 12 * JournalCells.MaxCharacters;

    public const string LivePrefix = "l|", DraftPrefix = "d|", SecretsPrefix = "x|";

    private const string Settings = "Settings", Parts = "Parts", Secrets = "Secrets", Changed = "Changed";

    public static string Live(string name) => LivePrefix + name;

    public static string Draft(string name) => DraftPrefix + name;

    public static string SecretsOf(string name) => SecretsPrefix + name;

    public static string RevisionPrefix(string name) => $"r|{name}|";

    public static string Revision(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"r|{name}|{number:D8}");

    public static string Part(string row, int part) => string.Create(CultureInfo.InvariantCulture, $"{row}|{part}");

    /// <summary>The hash of a draft's or a revision's content, to detect differences.</summary>
    public static string Hash(string title, string settings) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{settings}")));

    public static TableEntity Write(StoredPipeline live) => new(PipelineTable.Partition, Live(live.Name))
    {
        [nameof(live.Title)] = live.Title,
        [nameof(live.Revision)] = live.Revision,
        [nameof(live.Last)] = live.Last,
        ["Running"] = live.IsRunning,
        ["Archived"] = live.IsArchived,
        [nameof(live.Hash)] = live.Hash,
        [nameof(live.WebhookSecret)] = live.WebhookSecret,
        [nameof(live.UpdatedAt)] = live.UpdatedAt,
    };

    public static StoredPipeline ReadLive(TableEntity row) => new()
    {
        Name = row.RowKey[LivePrefix.Length..],
        Title = row.GetString(nameof(StoredPipeline.Title)) ?? row.RowKey[LivePrefix.Length..],
        Revision = row.GetInt32(nameof(StoredPipeline.Revision)),
        Last = row.GetInt32(nameof(StoredPipeline.Last)) ?? 0,
        IsRunning = row.GetBoolean("Running") ?? false,
        IsArchived = row.GetBoolean("Archived") ?? false,
        Hash = row.GetString(nameof(StoredPipeline.Hash)),
        WebhookSecret = row.GetString(nameof(StoredPipeline.WebhookSecret)),
        UpdatedAt = row.GetDateTimeOffset(nameof(StoredPipeline.UpdatedAt)) ?? default,
        ETag = row.ETag,
    };

    /// <summary>The draft's rows; the first has everything except the continuation of long settings.</summary>
    public static IReadOnlyList<TableEntity> Write(StoredDraft draft) => WithSettings(
        new TableEntity(PipelineTable.Partition, Draft(draft.Name))
        {
            [nameof(draft.Title)] = draft.Title,
            [nameof(draft.BasedOn)] = draft.BasedOn,
            [nameof(draft.UpdatedAt)] = draft.UpdatedAt,
            [nameof(draft.UpdatedBy)] = draft.UpdatedBy,
            [nameof(StoredPipeline.Hash)] = Hash(draft.Title, draft.Settings),
        },
        draft.Settings);

    public static StoredDraft ReadDraft(TableEntity row, string settings) => new()
    {
        Name = row.RowKey[DraftPrefix.Length..],
        Title = row.GetString(nameof(StoredDraft.Title)) ?? "",
        Settings = settings,
        BasedOn = row.GetInt32(nameof(StoredDraft.BasedOn)),
        UpdatedAt = row.GetDateTimeOffset(nameof(StoredDraft.UpdatedAt)) ?? default,
        UpdatedBy = row.GetString(nameof(StoredDraft.UpdatedBy)),
        ETag = row.ETag,
    };

    public static IReadOnlyList<TableEntity> Write(StoredRevision revision) => WithSettings(
        new TableEntity(PipelineTable.Partition, Revision(revision.Name, revision.Number))
        {
            [nameof(revision.Title)] = revision.Title,
            [Secrets] = JsonSerializer.Serialize(revision.Secrets.ToDictionary(StringComparer.Ordinal), RevisionContext.Default.DictionaryStringString),
            [nameof(revision.At)] = revision.At,
            [nameof(revision.By)] = revision.By,
            [nameof(revision.Note)] = revision.Note,
            [nameof(revision.Schema)] = revision.Schema,
        },
        revision.Settings);

    public static StoredRevision ReadRevision(string name, int number, TableEntity row, string settings) => new()
    {
        Name = name,
        Number = number,
        Title = row.GetString(nameof(StoredRevision.Title)) ?? name,
        Settings = settings,
        Secrets = JsonSerializer.Deserialize(row.GetString(Secrets) ?? "{}", RevisionContext.Default.DictionaryStringString) ?? [],
        At = row.GetDateTimeOffset(nameof(StoredRevision.At)) ?? default,
        By = row.GetString(nameof(StoredRevision.By)),
        Note = row.GetString(nameof(StoredRevision.Note)),
        Schema = row.GetInt32(nameof(StoredRevision.Schema)) ?? 1,
    };

    public static IReadOnlyList<string> HeadColumns { get; } = ["RowKey", nameof(StoredRevision.At), nameof(StoredRevision.By), nameof(StoredRevision.Note)];

    /// <summary>Null for the continuation rows of a long revision.</summary>
    public static RevisionHead? ReadHead(TableEntity row) =>
        row.RowKey.Split('|') is [_, _, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? new RevisionHead(parsed, row.GetDateTimeOffset(nameof(StoredRevision.At)) ?? default, row.GetString(nameof(StoredRevision.By)), row.GetString(nameof(StoredRevision.Note)))
            : null;

    public static TableEntity Write(string name, StoredSecrets secrets)
    {
        var row = new TableEntity(PipelineTable.Partition, SecretsOf(name)) { [Changed] = secrets.HaveChanged };
        JournalCells.Put(row, Secrets, JsonSerializer.Serialize(secrets.Versions.ToDictionary(StringComparer.Ordinal), RevisionContext.Default.DictionaryStringSecretVersion));
        return row;
    }

    public static StoredSecrets ReadSecrets(TableEntity row) => new(
        new Dictionary<string, SecretVersion>(
            JsonSerializer.Deserialize(JournalCells.Get(row, Secrets) ?? "{}", RevisionContext.Default.DictionaryStringSecretVersion) ?? [], StringComparer.OrdinalIgnoreCase),
        HaveChanged(row))
    { ETag = row.ETag };

    public static bool HaveChanged(TableEntity row) => row.GetBoolean(Changed) ?? false;

    public static IReadOnlyList<string> DraftHeadColumns { get; } = ["RowKey", nameof(StoredPipeline.Hash), nameof(StoredDraft.Title)];

    public static IReadOnlyList<string> SecretsHeadColumns { get; } = ["RowKey", Changed];

    public static int PartsOf(TableEntity row) => row.GetInt32(Parts) ?? 1;

    public static string SettingsOf(TableEntity row) => JournalCells.Get(row, Settings) ?? "";

    private static List<TableEntity> WithSettings(TableEntity first, string settings)
    {
        var rows = new List<TableEntity> { first };
        for (var from = 0; from == 0 || from < settings.Length; from += MaxCharacters)
        {
            var row = from == 0 ? first : new TableEntity(PipelineTable.Partition, Part(first.RowKey, rows.Count));
            JournalCells.Put(row, Settings, settings.Substring(from, Math.Min(MaxCharacters, settings.Length - from)));
            if (from > 0)
            {
                rows.Add(row);
            }
        }

        first[Parts] = rows.Count;
        return rows;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, SecretVersion>))]
internal sealed partial class RevisionContext : JsonSerializerContext;
