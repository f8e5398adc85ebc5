using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>What needs an operator: by cause, as a list, as a table, and with the name of who fixes it.</summary>
public sealed class AttentionTests(AttentionTests.Apps apps) : IClassFixture<AttentionTests.Apps>
{
    private readonly PipelineApp _app = apps.App;

    [Fact]
    public async Task Failures_are_grouped_by_cause_and_each_group_can_be_replayed()
    {
        var groups = (await _app.Http.GetFromJsonAsync<JsonElement>("attention")).GetProperty("groups").EnumerateArray().ToList();

        Assert.Equal(["bad-phone", "offerum-rejected", "unreadable"], groups.Select(g => g.Text("code")).Order());
        var rejected = Assert.Single(groups, g => g.Text("code") == "offerum-rejected");
        Assert.Equal(("main", "Rejected", "offerum", 3), (rejected.Text("pipeline"), rejected.State(), rejected.Text("destination"), rejected.GetProperty("count").GetInt32()));
        Assert.False(rejected.GetProperty("capped").GetBoolean());
        Assert.Equal(3, rejected.GetProperty("samples").GetArrayLength());
        Assert.Equal(["enrich", "send"], rejected.GetProperty("canReplay").EnumerateArray().Select(e => e.GetString()));
        Assert.Null(Assert.Single(groups, g => g.Text("code") == "bad-phone").Text("destination"));

        using var preview = await _app.PostAsync("replays/preview", new { query = rejected.GetProperty("query"), from = "send" });
        Assert.Equal(3, (await preview.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("count").GetInt32());
        var list = await _app.Http.GetFromJsonAsync<JsonElement>("attention?pipeline=main");
        Assert.Equal(2, list.GetProperty("groups").GetArrayLength());
    }

    [Theory]
    [InlineData("error=offerum-rejected", 3)]
    [InlineData("error=bad-phone", 2)]
    [InlineData("error=bad-phone&state=Failed&pipeline=main", 2)]
    [InlineData("error=bad-phone&state=Rejected", 0)]
    [InlineData("error=unreadable&state=Failed", 1)]
    [InlineData("error=no-such-code", 0)]
    public async Task A_list_is_filtered_by_the_cause(string query, int expected) =>
        Assert.Equal(expected, (await _app.Http.GetFromJsonAsync<JsonElement>($"operations?{query}")).GetProperty("items").GetArrayLength());

    [Fact]
    public async Task A_list_is_exported_as_a_table_that_runs_nothing()
    {
        using var answer = await _app.Http.GetAsync("operations?format=csv&pipeline=main");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("id,state,receivedAt,", lines[0]);
        Assert.Contains(lines, line => line.Contains("\"'=HYPERLINK(\"\"http://127.0.0.1\"\",1)\"", StringComparison.Ordinal));
        Assert.All(lines[1..], line => Assert.DoesNotContain("+7999", line, StringComparison.Ordinal));
        Assert.False(answer.Headers.Contains("X-More"));
    }

    [Theory]
    [InlineData("state=Failed", 3)]
    [InlineData("state=Failed&error=unreadable", 1)]
    [InlineData("state=Failed&error=unreadable&from=2020-01-01", 1)]
    [InlineData("state=Failed&error=unreadable&to=2020-01-01", 0)]
    [InlineData("state=Unmatched", 0)]
    [InlineData("state=Refused", 0)]
    public async Task A_table_has_what_the_list_shows(string query, int rows)
    {
        var ids = (await _app.Http.GetFromJsonAsync<JsonElement>($"operations?{query}")).GetProperty("items").EnumerateArray().Select(item => item.Text("id")!).ToList();

        using var answer = await _app.Http.GetAsync($"operations?{query}&format=csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(rows, ids.Count);
        Assert.Equal(ids, lines[1..].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task Who_acts_is_told_in_the_story()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "operations/main/lead/1/reveal")
        {
            Headers = { { "x-operator", Uri.EscapeDataString("Анна Лугова") } },
        };
        using var answer = await _app.Http.SendAsync(request);

        var last = (await _app.OperationAsync("lead", 1))!.Value.GetProperty("events").EnumerateArray().Last();
        Assert.Equal(("revealed", "by Анна Лугова"), (last.Text("name"), last.Text("detail")));
    }

    [Fact]
    public async Task A_record_has_a_link_into_the_cabinet() =>
        Assert.Equal("https://id1.u-on.ru/lead/1", (await _app.OperationAsync("lead", 1))!.Value.Text("recordUrl"));

    public sealed class Apps(AzuriteFixture azurite) : SharedApp(azurite)
    {
        protected override PipelineAppSetup Setup => new() { Settings = [("Pipelines:main:Uon:RecordUrl", "https://id1.u-on.ru/{kind}/{id}")] };

        protected override async Task FillAsync()
        {
            for (var id = 1; id <= 5; id++)
            {
                // 1 to 3 are refused, 4 and 5 have no phone.
                var lead = UonRecord.Lead(id).With("client_name", id == 1 ? "=HYPERLINK(\"http://127.0.0.1\",1)" : "Анна");
                App.Uon.Leads.Put(id > 3 ? lead.With(UonQuirk.PhoneInWords) : lead);
                App.Offerum.ForSubId($"lead-{id}").Set(OfferumReplyKind.NameError);
                using var answer = await App.SendWebhookAsync(id);
            }

            await App.Queue("uon-records-poison").CreateIfNotExistsAsync();
            await App.Queue("uon-records-poison").SendMessageAsync("no message of ours");
            await App.WaitUntilQuietAsync();
        }
    }
}
