using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Configuration;

/// <summary>A stage's own settings: the section below <c>Pipelines:{name}</c> and how to read it.</summary>
/// <param name="Section">Such as <c>Uon</c>.</param>
/// <param name="Read">Reads the section; receives the names of the configured fields.</param>
public sealed record SettingsPart(string Section, Func<SettingsReader, IReadOnlyCollection<string>, object> Read)
{
    /// <summary>Read only if the section is present. A pipeline needs one destination; if it has none, the first is reported as missing.</summary>
    public bool IsDestination => Destination is not null;

    /// <summary>The destination's name in the journal, such as <c>bitrix24</c>; null: the settings do not belong to a destination.</summary>
    public string? Destination { get; init; }
}

/// <summary>
/// Turns the section <c>Pipelines</c> into pipelines. An invalid pipeline is disabled; all of its errors are reported at once.
/// </summary>
public static partial class PipelineReader
{
    public const string Section = "Pipelines";

    private const int MinSecretLength = 16;
    private const int MaxSecrets = 2;
    private static readonly TimeSpan DefaultReconcileWindow = TimeSpan.FromDays(2);

    /// <exception cref="PipelineConfigurationException">There were problems elsewhere, or none of the pipelines can be used.</exception>
    /// <param name="configuration">All settings. The app also runs without any pipeline; the first one is then created on the page.</param>
    /// <param name="problems">Problems found elsewhere; reported together with those found here.</param>
    /// <param name="parts">The stages' own settings.</param>
    public static PipelineCatalog Read(IConfiguration configuration, IEnumerable<string> problems, IReadOnlyList<SettingsPart> parts)
    {
        var elsewhere = problems.Distinct(StringComparer.Ordinal).ToList();
        var readings = configuration.GetSection(Section).GetChildren()
            .Where(section => !EditingSettings.IsSwitch(section))
            .Select(section => Read(section, parts, PipelineOrigin.Code))
            .ToList();
        var pipelines = readings.Where(r => r.Errors.Count == 0).Select(r => r.Pipeline).ToList();
        var invalid = readings.Where(r => r.Errors.Count > 0).Select(r => r.AsInvalid()).ToList();
        return elsewhere.Count == 0 && (pipelines.Count > 0 || invalid.Count == 0)
            ? new PipelineCatalog(pipelines, invalid)
            : throw new PipelineConfigurationException([.. elsewhere, .. invalid.SelectMany(p => p.Problems)]);
    }

    /// <summary>A guessable secret is ignored, even for a reply that asks the sender to retry.</summary>
    internal static IReadOnlyList<string> LongEnough(IReadOnlyList<string> secrets) => [.. secrets.Where(s => s.Length >= MinSecretLength)];

    /// <summary>Reads one pipeline, wherever its settings are kept.</summary>
    /// <param name="section">Its settings; the section's key is its name.</param>
    /// <param name="parts">The stages' own settings.</param>
    /// <param name="origin">Where they come from.</param>
    public static PipelineReading Read(IConfigurationSection section, IReadOnlyList<SettingsPart> parts, PipelineOrigin origin)
    {
        var errors = new List<string>();
        var problems = new List<SettingProblem>();
        if (!OperationId.IsPipelineName(section.Key))
        {
            errors.Add($"{section.Path}: '{section.Key}' is not a pipeline name. Use 1 to 40 of a-z, 0-9 and '-'.");
            problems.Add(SettingProblem.Of(section.Path, ProblemCodes.Name, $"'{section.Key}' is not a pipeline name. Use 1 to 40 of a-z, 0-9 and '-'."));
        }

        var effective = new EffectiveSettings(section.Path);
        var reader = new SettingsReader(section, errors, effective, problems);
        reader.TimeZone = TimeZoneSetting.Read(reader.Section(TimeZoneSetting.Section));
        var fields = ReadFields(reader);
        var names = fields.Names;
        var webhook = reader.Section("Webhook");
        var postback = reader.Section("Postback");
        var reconcile = reader.Section("Reconcile");
        var pipeline = new Pipeline
        {
            Name = section.Key,
            Title = origin.Title ?? section.Key,
            Revision = origin.Revision,
            IsStopped = origin.IsStopped,
            IsArchived = origin.IsArchived,
            PublishedAt = origin.PublishedAt,
            WebhookSecrets = Secrets(webhook, required: true),
            PostbackSecrets = Secrets(postback, required: false),
            Fields = fields,
            Filter = FilterReader.Read(reader.Section("Filter"), names),
            ReconcileWindow = reconcile.Duration("Window", DefaultReconcileWindow, TimeSpan.Zero, TimeSpan.FromDays(31)),
            ReconcileFrom = reconcile.Moment("From"),
            Settings = effective.All,
        };
        var destinations = parts.Where(p => p.IsDestination).ToList();
        var chosen = destinations.Where(p => IsConfigured(section.GetSection(p.Section))).DefaultIfEmpty(destinations.FirstOrDefault()).ToList();
        foreach (var part in parts)
        {
            var own = reader.Section(part.Section);
            if (!part.IsDestination || chosen.Contains(part))
            {
                pipeline.Set(part.Read(own, names));
            }
        }

        foreach (var done in new[] { webhook, postback, reconcile, reader })
        {
            done.RefuseUnknownKeys();
        }

        return new PipelineReading(pipeline, errors, problems) { SecretsAreUnknown = webhook.IsUnresolved("Secret") || postback.IsUnresolved("Secret") };
    }

    /// <summary>An empty setting counts as absent: app settings have no other way to remove a setting of the file.</summary>
    private static bool IsConfigured(IConfigurationSection section) => section.AsEnumerable().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    private static FieldSet ReadFields(SettingsReader pipeline)
    {
        var reader = pipeline.Section("Fields");
        var definitions = reader.Children().ToDictionary(child => child.Key, child => reader.Text(child.Key) ?? "", StringComparer.Ordinal);
        foreach (var (name, path) in FieldDefaults.Paths.Where(p => !definitions.ContainsKey(p.Key)))
        {
            reader.Text(name, path);
        }

        return FieldSet.Parse(definitions, reader.TimeZone, (name, problem) => reader.Error(name, problem, ProblemCodes.Path));
    }

    private static IReadOnlyList<string> Secrets(SettingsReader reader, bool required)
    {
        const string remedy = "Make one with: openssl rand -hex 24";
        var secrets = reader.List("Secret");
        if (required && secrets.Count == 0 && !reader.IsUnresolved("Secret"))
        {
            reader.Error("Secret", $"is missing. It is the secret last segment of the address that U-ON calls. {remedy}", ProblemCodes.Missing);
        }

        if (secrets.Count > MaxSecrets)
        {
            reader.Error("Secret", $"has {secrets.Count} values. At most two may be valid at once, for rotation.", ProblemCodes.SecretCount);
        }

        if (secrets.Any(s => s.Length < MinSecretLength))
        {
            reader.Error("Secret", $"is shorter than {MinSecretLength} characters. {remedy}", ProblemCodes.SecretShort);
        }

        if (secrets.Any(s => !SecretPattern().IsMatch(s)))
        {
            reader.Error("Secret", "is part of an address: use only letters, digits, '-', '_', '.' and '~'.", ProblemCodes.SecretLetters);
        }

        return secrets;
    }

    [GeneratedRegex("^[A-Za-z0-9._~-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretPattern();
}
