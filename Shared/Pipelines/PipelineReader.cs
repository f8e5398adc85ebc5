using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Pipelines;

/// <summary>A stage's own settings: the section below <c>Pipelines:{name}</c> and how to read it.</summary>
/// <param name="Section">Such as <c>Uon</c>.</param>
/// <param name="Read">Reads the section; knows the names of the configured fields.</param>
public sealed record SettingsPart(string Section, Func<SettingsReader, IReadOnlyCollection<string>, object> Read)
{
    /// <summary>Read only where the section is there. A pipeline needs one destination; with none, the first is asked for.</summary>
    public bool IsDestination { get; init; }
}

/// <summary>
/// Turns the section <c>Pipelines</c> into pipelines. What is wrong with one stops only that one; all of its errors are found at once.
/// </summary>
public static partial class PipelineReader
{
    public const string Section = "Pipelines";

    private const int MinSecretLength = 16;
    private const int MaxSecrets = 2;
    private static readonly TimeSpan DefaultReconcileWindow = TimeSpan.FromDays(2);

    /// <exception cref="PipelineConfigurationException">There were problems elsewhere, or no pipeline can be used.</exception>
    /// <param name="configuration">All settings.</param>
    /// <param name="problems">What was found wrong elsewhere; reported together with what is found here.</param>
    /// <param name="parts">The stages' own settings.</param>
    public static PipelineCatalog Read(IConfiguration configuration, IEnumerable<string> problems, IReadOnlyList<SettingsPart> parts)
    {
        var elsewhere = problems.ToList();
        var pipelines = new List<Pipeline>();
        var invalid = new List<InvalidPipeline>();
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var errors = new List<string>();
            var pipeline = Read(section, parts, errors);
            if (errors.Count == 0)
            {
                pipelines.Add(pipeline);
            }
            else
            {
                invalid.Add(new InvalidPipeline(pipeline.Name, LongEnough(pipeline.WebhookSecrets), LongEnough(pipeline.PostbackSecrets), errors));
            }
        }

        if (elsewhere.Count == 0 && pipelines.Count > 0)
        {
            return new PipelineCatalog(pipelines, invalid);
        }

        var all = elsewhere.Concat(invalid.SelectMany(p => p.Problems)).ToList();
        if (pipelines.Count + invalid.Count == 0)
        {
            all.Add($"{Section}: no pipeline is configured. Add pipelines.json (see pipelines.example.json) or app settings such as {Section}__main__Uon__ApiKey.");
        }

        throw new PipelineConfigurationException(all);
    }

    /// <summary>What could be guessed opens nothing, not even the door to "come back later".</summary>
    private static IReadOnlyList<string> LongEnough(IReadOnlyList<string> secrets) => [.. secrets.Where(s => s.Length >= MinSecretLength)];

    private static Pipeline Read(IConfigurationSection section, IReadOnlyList<SettingsPart> parts, List<string> errors)
    {
        if (!OperationId.IsPipelineName(section.Key))
        {
            errors.Add($"{section.Path}: '{section.Key}' is not a pipeline name. Use 1 to 40 of a-z, 0-9 and '-'.");
        }

        var inForce = new SettingsInForce(section.Path);
        var reader = new SettingsReader(section, errors, inForce);
        reader.TimeZone = PipelineZone.Read(reader.Section(PipelineZone.Section));
        var fields = ReadFields(reader);
        var names = fields.Names;
        var webhook = reader.Section("Webhook");
        var postback = reader.Section("Postback");
        var reconcile = reader.Section("Reconcile");
        var pipeline = new Pipeline
        {
            Name = section.Key,
            WebhookSecrets = Secrets(webhook, required: true),
            PostbackSecrets = Secrets(postback, required: false),
            Fields = fields,
            Filter = FilterReader.Read(reader.Section("Filter"), names),
            ReconcileWindow = reconcile.Duration("Window", DefaultReconcileWindow, TimeSpan.Zero, TimeSpan.FromDays(31)),
            Settings = inForce.All,
        };
        var destinations = parts.Where(p => p.IsDestination).ToList();
        var chosen = destinations.Where(p => IsThere(section.GetSection(p.Section))).DefaultIfEmpty(destinations.FirstOrDefault()).ToList();
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

        return pipeline;
    }

    /// <summary>A setting that was emptied counts as none: app settings cannot take away what a file says in any other way.</summary>
    private static bool IsThere(IConfigurationSection section) => section.AsEnumerable().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    private static FieldSet ReadFields(SettingsReader pipeline)
    {
        var reader = pipeline.Section("Fields");
        var definitions = reader.Children().ToDictionary(child => child.Key, child => reader.Text(child.Key) ?? "", StringComparer.Ordinal);
        foreach (var (name, path) in FieldDefaults.Paths.Where(p => !definitions.ContainsKey(p.Key)))
        {
            reader.Text(name, path);
        }

        return FieldSet.Parse(definitions, reader.TimeZone, reader.Error);
    }

    private static IReadOnlyList<string> Secrets(SettingsReader reader, bool required)
    {
        const string remedy = "Make one with: openssl rand -hex 24";
        var secrets = reader.List("Secret");
        if (required && secrets.Count == 0)
        {
            reader.Error("Secret", $"is missing. It is the unguessable last part of the address that U-ON calls. {remedy}");
        }

        if (secrets.Count > MaxSecrets)
        {
            reader.Error("Secret", $"has {secrets.Count} values. Two may be valid at once (while rotating), no more.");
        }

        if (secrets.Any(s => s.Length < MinSecretLength))
        {
            reader.Error("Secret", $"is shorter than {MinSecretLength} characters. {remedy}");
        }

        if (secrets.Any(s => !SecretPattern().IsMatch(s)))
        {
            reader.Error("Secret", "stands in an address: use only letters, digits, '-', '_', '.' and '~'.");
        }

        return secrets;
    }

    [GeneratedRegex("^[A-Za-z0-9._~-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretPattern();
}
