using System.Text.Json.Nodes;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.Shared.LivePipelines;

/// <summary>A stored pipeline is read by the reader of pipelines.json, its secrets laid over it.</summary>
public sealed class PipelineSettingsTests
{
    private static readonly IReadOnlyList<SettingsPart> Parts =
        [new SettingsPart(UonSettings.Section, (reader, _) => UonSettings.Read(reader)), new SettingsPart(OfferumSettings.Section, OfferumSettings.Read) { Destination = OfferumDestination.DestinationName }];

    private static readonly Dictionary<string, string> Secrets = new(StringComparer.Ordinal)
    {
        ["Webhook:Secret"] = "webhook-secret-0123456789",
        ["Uon:ApiKey"] = "uon-test-key",
        ["offerum:apikey"] = "offerum-test-key",
    };

    [Fact]
    public void Settings_and_secrets_together_are_a_pipeline()
    {
        var reading = Read("""{"Uon":{"Record":"lead","RequestsPerSecond":2.5},"Offerum":{"Flow":"zkVz","Form":{"comment":"{client_name}"}},"Filter":[{"Field":"status_id","In":"1,5"}]}""");

        Assert.Empty(reading.Errors);
        Assert.Equal(("main", "Заявки", 7), (reading.Pipeline.Name, reading.Pipeline.Title, reading.Pipeline.Revision));
        Assert.Equal(2.5, reading.Pipeline.Get<UonSettings>().RequestsPerSecond);
        Assert.Equal("offerum-test-key", reading.Pipeline.Get<OfferumSettings>().ApiKey);
        Assert.Single(reading.Pipeline.Filter);
    }

    [Fact]
    public void Secrets_are_known_as_such_and_fields_that_are_called_like_one_are_not()
    {
        var settings = Read("""{"Fields":{"token":"[\"record\"][0][\"x\"]"},"Offerum":{"Flow":"zkVz","Form":{"token":"{token}"}}}""").Pipeline.Settings;

        Assert.Equal(["Webhook:Secret", "Postback:Secret", "Uon:ApiKey", "Offerum:ApiKey"], settings.Where(s => s.IsSecret).Select(s => s.Key));
        Assert.DoesNotContain(settings, s => s.Value.Contains("test-key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Uon":{"Record":"lead"},"uon":{"Record":"request"}}""")]
    [InlineData("not json")]
    [InlineData("[1]")]
    public void What_cannot_become_configuration_is_a_problem_and_no_exception(string settings) => Assert.NotEmpty(Read(settings).Problems);

    [Fact]
    public void What_is_stored_holds_no_half_of_a_character_that_a_cell_could_end_in()
    {
        var written = PipelineSettings.Write(new JsonObject { ["Offerum"] = new JsonObject { ["Source"] = "Тур 🌴" } });

        Assert.Contains("Тур", written, StringComparison.Ordinal);
        Assert.DoesNotContain(written, char.IsSurrogate);
    }

    [Fact]
    public void Settings_too_long_for_a_row_are_split_over_rows_and_lose_nothing()
    {
        var settings = PipelineSettings.Write(new JsonObject { ["Offerum"] = new JsonObject { ["Source"] = new string('я', 200_000) + new string('x', 300_000) } });
        var rows = RevisionRows.Write(new StoredRevision { Name = "main", Number = 3, Title = "t", Settings = settings, Secrets = Secrets, At = Some.Now });

        Assert.Equal(["r|main|00000003", "r|main|00000003|1"], rows.Select(row => row.RowKey));
        Assert.Equal(2, RevisionRows.PartsOf(rows[0]));
        Assert.Equal(settings, string.Concat(rows.Select(RevisionRows.SettingsOf)));
        // 1 MiB a row; storage counts UTF-16.
        Assert.All(rows, row => Assert.True(row.Select(cell => cell.Value).OfType<string>().Sum(text => text.Length * 2) < 900_000));
        Assert.NotNull(RevisionRows.ReadHead(rows[0]));
        Assert.Null(RevisionRows.ReadHead(rows[1]));
    }

    private static PipelineReading Read(string settings) => PipelineSettings.Read("main", settings, Secrets, Parts, new PipelineOrigin("Заявки", 7));
}
