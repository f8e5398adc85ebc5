using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>Which of U-ON's two tables a webhook means (rule 11).</summary>
public sealed class RecordKindTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly PipelineApp _app = shared.App;

    [Fact]
    public async Task The_event_type_decides_even_where_both_tables_have_the_number()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(301));
        _app.Uon.Requests.Put(UonRecord.Request(301));

        using var lead = await _app.SendWebhookAsync(301, UonWebhook.LeadCreated);
        using var request = await _app.SendWebhookAsync(301, UonWebhook.RequestCreated);
        await _app.WaitForAsync("lead", 301, "Delivered");
        await _app.WaitForAsync("request", 301, "Delivered");

        Assert.Equal(UonRecord.Lead(301).E164, Assert.Single(_app.Offerum.Sent("lead-301")).Phone);
        Assert.Equal(UonRecord.Request(301).E164, Assert.Single(_app.Offerum.Sent("request-301")).Phone);
    }

    [Theory]
    [InlineData(311, UonRecordKind.Lead, "lead")]
    [InlineData(312, UonRecordKind.Request, "request")]
    public async Task Without_an_event_type_the_table_that_has_the_record_decides(long id, UonRecordKind kind, string found)
    {
        (kind == UonRecordKind.Lead ? _app.Uon.Leads : _app.Uon.Requests).Put(kind == UonRecordKind.Lead ? UonRecord.Lead(id) : UonRecord.Request(id));

        Assert.Equal($"main/auto/{id}", await SendUntypedAsync(id));
        var operation = await _app.WaitForAsync("auto", id, "Delivered");

        Assert.Equal($"main/{found}/{id}", operation.Text("id"));
        Assert.Equal(found, operation.Text("kind"));
        Assert.Single(_app.Offerum.Sent($"{found}-{id}"));
        Assert.Equal($"main/{found}/{id}", (await _app.OperationAsync(found, id))!.Value.Text("id"));
        Assert.Null(await _app.OperationAsync(found == "lead" ? "request" : "lead", id));
    }

    [Theory]
    [InlineData(321, 0, -2, "lead")]
    [InlineData(322, -2, 0, "request")]
    public async Task Where_both_tables_have_the_number_the_newer_record_is_meant(long id, int leadHours, int requestHours, string newer)
    {
        _app.Uon.Leads.Put(UonRecord.Lead(id, Now.AddHours(leadHours)));
        _app.Uon.Requests.Put(UonRecord.Request(id, Now.AddHours(requestHours)));

        await SendUntypedAsync(id);
        var operation = await _app.WaitForAsync("auto", id, "Delivered");

        Assert.Equal($"main/{newer}/{id}", operation.Text("id"));
        Assert.Equal("webhook fetched ambiguous-kind enriched claimed sent delivered", operation.Events());
        await _app.WaitUntilQuietAsync();
        Assert.Single(_app.Offerum.Sent($"{newer}-{id}"));
        Assert.Empty(_app.Offerum.Sent($"{(newer == "lead" ? "request" : "lead")}-{id}"));
    }

    [Fact]
    public async Task Where_the_dates_do_not_decide_an_operator_has_to()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(331, Now));
        _app.Uon.Requests.Put(UonRecord.Request(331, Now));

        await SendUntypedAsync(331);
        var operation = await _app.WaitForAsync("auto", 331, "Failed");

        Assert.Equal("ambiguous-kind", operation.ErrorCode());
        Assert.Equal("main/auto/331", operation.Text("id"));
        Assert.Empty(_app.Offerum.Sent("lead-331"));
        Assert.Empty(_app.Offerum.Sent("request-331"));
    }

    [Fact]
    public async Task A_late_record_is_found_under_its_kind_and_not_under_auto()
    {
        _app.Uon.Requests.Put(UonRecord.Request(341).CompletesAfter(reads: 1));

        Assert.Equal("main/auto/341", await SendUntypedAsync(341));
        var operation = await _app.WaitForAsync("auto", 341, "Delivered");
        await _app.WaitUntilQuietAsync();

        Assert.Equal("main/request/341", operation.Text("id"));
        Assert.Equal("webhook waiting fetched enriched claimed sent delivered", operation.Events());
        var listed = await _app.Http.GetFromJsonAsync<JsonElement>("operations?text=341");
        Assert.Equal("main/request/341", Assert.Single(listed.GetProperty("items").EnumerateArray()).Text("id"));
        Assert.Single(_app.Offerum.Sent("request-341"));
    }

    [Fact]
    public async Task A_record_that_neither_table_has_is_given_up_under_auto()
    {
        await SendUntypedAsync(342);

        var operation = await _app.WaitForAsync("auto", 342, "Failed");

        Assert.Equal("main/auto/342", operation.Text("id"));
        Assert.Equal("record-not-found", operation.ErrorCode());
    }

    [Fact]
    public async Task A_failure_at_one_table_is_not_taken_for_a_missing_record()
    {
        _app.Uon.Requests.Put(UonRecord.Request(343));
        _app.Uon.Requests.Faults(343).Set(UonFault.ServerError, Repeat.Once);

        await SendUntypedAsync(343);

        Assert.Equal("webhook retry fetched enriched claimed sent delivered", (await _app.WaitForAsync("auto", 343, "Delivered")).Events());
    }

    [Fact]
    public async Task A_record_fetched_again_at_once_keeps_its_story_as_its_kind_is_found()
    {
        await SendUntypedAsync(345);
        await _app.WaitForAsync("auto", 345, "Failed");
        _app.Uon.Requests.Put(UonRecord.Request(345));

        using var answer = await _app.PostAsync("operations/main/auto/345/replay", new { from = "enrich" });
        var operation = await _app.WaitForAsync("auto", 345, "Delivered");
        await _app.WaitUntilQuietAsync();

        Assert.Equal("main/request/345", operation.Text("id"));
        Assert.StartsWith("webhook waiting", operation.Events(), StringComparison.Ordinal);
        Assert.EndsWith("failed replayed fetched enriched claimed sent delivered", operation.Events(), StringComparison.Ordinal);
        var listed = await _app.Http.GetFromJsonAsync<JsonElement>("operations?text=345");
        Assert.Single(listed.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_second_webhook_takes_along_what_failed_under_auto()
    {
        await SendUntypedAsync(346);
        await _app.WaitForAsync("auto", 346, "Failed");
        _app.Uon.Leads.Put(UonRecord.Lead(346));

        await SendUntypedAsync(346);
        await _app.WaitForAsync("lead", 346, "Delivered");
        await _app.WaitUntilQuietAsync();

        Assert.Equal("main/lead/346", (await _app.OperationAsync("auto", 346))!.Value.Text("id"));
        var listed = await _app.Http.GetFromJsonAsync<JsonElement>("operations?text=346");
        Assert.Equal("main/lead/346", Assert.Single(listed.GetProperty("items").EnumerateArray()).Text("id"));
    }

    /// <summary>As in the Webjack scenario: nothing but the number.</summary>
    private async Task<string?> SendUntypedAsync(long id)
    {
        using var answer = await _app.Http.PostAsync($"uon/main/{PipelineApp.Secret}", new FormUrlEncodedContent([new("r_id", $"{id}")]));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("operation");
    }
}
