using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Architecture;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

/// <summary>pipelines.schema.json, by which editors complete and check pipelines.json, against what the app reads.</summary>
public sealed class SchemaTests
{
    private const string File = "pipelines.schema.json";

    private static readonly JsonElement Schema = JsonDocument.Parse(Repository.Read(File)).RootElement;

    private static readonly JsonSchema Validator = JsonSchema.FromText(Repository.Read(File));

    /// <summary>Sections whose keys are the user's own; only the defaults within are known.</summary>
    private static readonly string[] Open = ["Fields", "Offerum:Form", "Http:Form", "Http:Headers", "Http:Json", "Bitrix:Fields", "Amo:Lead:Fields", "Filter", .. Outcomes.All.Select(outcome => $"Uon:WriteBack:{outcome}:Field")];

    [Fact]
    public void Every_setting_the_app_reads_is_in_the_schema_with_its_default()
    {
        var known = Leaves(PipelineSchema(), "").ToDictionary(leaf => leaf.Key, leaf => leaf.Default, StringComparer.Ordinal);

        foreach (var setting in Read().Settings.Where(s => s.Key != "Http:Form:tel"))
        {
            Assert.True(known.ContainsKey(setting.Key), $"{setting.Key} is read and is not in {File}. Add it there, with what it means.");
            if (setting.IsDefault)
            {
                Assert.True(setting.Value == (known[setting.Key] ?? ""), $"{setting.Key}: the default is '{setting.Value}', and {File} says '{known[setting.Key]}'.");
            }
        }
    }

    [Fact]
    public void The_schema_has_no_setting_that_nobody_reads()
    {
        var read = Read().Settings.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);

        Assert.All(
            Leaves(PipelineSchema(), "").Where(leaf => !Open.Contains(leaf.Key)),
            leaf => Assert.True(read.Contains(leaf.Key), $"{leaf.Key} is in {File}, and nobody reads it."));
    }

    [Theory]
    [InlineData("pipelines.example.json")]
    [InlineData("docs/examples/from-webjack/pipelines.json")]
    public void The_examples_are_valid_and_name_the_schema(string path)
    {
        var example = JsonNode.Parse(Repository.Read(path), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;

        Assert.Equal(
            Path.GetFullPath(Path.Combine(Repository.Root, File)),
            Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, example["$schema"]!.GetValue<string>())));
        AssertValid(example);
    }

    [Theory]
    [InlineData("""{ "Pipelines": { "main": { "Offerum": { "Flw": "x" } } } }""")]
    [InlineData("""{ "Pipelines": { "Main!": {} } }""")]
    [InlineData("""{ "Pipelines": { "main": { "Uon": { "Record": "leed" } } } }""")]
    [InlineData("""{ "Pipelines": { "main": { "Uon": { "Retry": "5" } } } }""")]
    [InlineData("""{ "Pipelines": { "main": { "Fields": { "phone": "client_phone" } } } }""")]
    [InlineData("""{ "Pipelines": { "main": { "Filter": [ { "Feld": "status" } ] } } }""")]
    [InlineData("""{ "Pipelines": { "main": { "Offerum": { "Country": "RUS" } } } }""")]
    public void What_the_app_would_refuse_is_refused_while_it_is_written(string text) =>
        Assert.False(Validator.Evaluate(JsonNode.Parse(text)).IsValid);

    [Theory]
    [InlineData("""{ "Pipelines": { "main": { "Filter": { "no-junk": { "Field": "status", "NotIn": "Дубль" } } } } }""")]
    [InlineData("""{ "Pipelines": { "main": { "Filter": [ { "Any": [ { "Field": "status_id", "In": "1" }, { "Field": "dat", "Within": "2.00:00:00" } ] } ] } } }""")]
    [InlineData("""{ "Pipelines": { "main": { "Http": { "Url": "https://crm.example.com/", "Json": { "a": { "b": [ "{phone}" ] } } } } } }""")]
    public void What_the_app_takes_is_valid(string text) => AssertValid(JsonNode.Parse(text)!);

    private static void AssertValid(JsonNode document)
    {
        var result = Validator.Evaluate(document, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, string.Join("\n", result.Details.Where(d => d.HasErrors).Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}")));
    }

    /// <summary>A pipeline that goes to every destination there is, with the least each needs.</summary>
    private static Pipeline Read()
    {
        var destinations = typeof(UonOfferumApp).Assembly.GetTypes()
            .Select(type => type.GetProperty("Module", BindingFlags.Static | BindingFlags.Public)?.GetValue(null))
            .OfType<DestinationModule>()
            .Select(module => module.Settings);
        (string Key, string Value)[] least =
        [
            ("Webhook:Secret", "a-secret-of-nobody-at-all"), ("Uon:ApiKey", "k"), ("Offerum:ApiKey", "k"), ("Offerum:Flow", "f"),
            ("Http:Url", "https://crm.example.com/"), ("Http:Form:tel", "{phone}"), ("Telegram:BotToken", "1:a"), ("Telegram:ChatId", "1"),
            ("Max:Token", "t"), ("Max:ChatId", "1"),
            ("Bitrix:Webhook", "https://crm.example.com/rest/1/a/"), .. Outcomes.All.Select(outcome => ($"Uon:WriteBack:{outcome}:Note", "x")), ("Amo:BaseAddress", "https://crm.example.com"), ("Amo:Token", "t"),
        ];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(least.Select(s => KeyValuePair.Create("Pipelines:main:" + s.Key, (string?)s.Value))).Build();
        return PipelineReader.Read(configuration, [], [new SettingsPart(UonSettings.Section, (reader, _) => UonSettings.Read(reader)), .. destinations]).Get("main");
    }

    private static JsonElement PipelineSchema() =>
        Assert.Single(Schema.GetProperty("properties").GetProperty("Pipelines").GetProperty("patternProperties").EnumerateObject()).Value;

    /// <summary>Every key that is no group, with its default as text.</summary>
    private static IEnumerable<(string Key, string? Default)> Leaves(JsonElement section, string prefix)
    {
        foreach (var property in section.GetProperty("properties").EnumerateObject())
        {
            var key = prefix + property.Name;
            if (property.Value.TryGetProperty("properties", out _))
            {
                foreach (var leaf in Leaves(property.Value, key + ":"))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return (key, property.Value.TryGetProperty("default", out var value) ? value.ToString() : null);
            }
        }
    }
}
