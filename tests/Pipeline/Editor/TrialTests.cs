using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>A draft tried on real records: by the same code that sells, and without a trace.</summary>
public sealed class TrialTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_real_record_shows_its_fields_its_rule_and_its_order()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await DraftAsync(api);
        app.Uon.Leads.Put(UonRecord.Lead(7));
        var settings = api.Settings();
        settings["Filter"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["Field"] = "status_id", ["In"] = "no-such-status" });
        await api.SaveAsync(name, settings);

        var view = await PostAsync(app, $"pipelines/{name}/draft/try", new { kind = "lead", id = 7 });

        Assert.Equal(("skipped", "Skipped", "lead", "7"), (Text(view, "outcome"), Text(view, "state"), Text(view, "kind"), Text(view, "recordId")));
        Assert.Equal("filtered", Text(view.GetProperty("error"), "code"));
        Assert.Equal(JsonValueKind.Array, view.GetProperty("record").GetProperty("lead").ValueKind);
        var rule = Assert.Single(view.GetProperty("rules").EnumerateArray());
        Assert.Equal((0, "status_id", false), (rule.GetProperty("index").GetInt32(), Text(rule, "key"), rule.GetProperty("passed").GetBoolean()));
        var phone = view.GetProperty("fields").EnumerateArray().Single(f => Text(f, "name") == "client_phone_mobile");
        Assert.Equal("""["record"][0]["client_phone_mobile"]""", Text(phone, "path"));
        var order = Assert.Single(view.GetProperty("orders").EnumerateArray());
        Assert.Equal(("offerum", "POST", "one"), (Text(order, "destination"), Text(order, "method"), Text(order.GetProperty("form"), "comment")));
        Assert.Contains("key=***", Text(order, "url"), StringComparison.Ordinal);
        Assert.Equal(0, app.Offerum.Orders.Count);
        Assert.Null(await app.OperationAsync("lead", 7, name));
    }

    [Fact]
    public async Task The_filter_counts_the_newest_records_and_the_account_lists_flows()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await DraftAsync(api);
        foreach (var id in new long[] { 1, 2, 3 })
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
        }

        var records = (await PostAsync(app, $"pipelines/{name}/draft/records", new { })).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([3, 2, 1], records.Select(r => r.GetProperty("id").GetInt64()));
        var pass = await PostAsync(app, $"pipelines/{name}/draft/pass", new { take = 2 });
        Assert.Equal((2, 2), (pass.GetProperty("taken").GetInt32(), pass.GetProperty("passed").GetInt32()));
        var flows = (await PostAsync(app, $"pipelines/{name}/draft/flows", new { })).GetProperty("items").EnumerateArray().Select(f => Text(f, "id"));
        Assert.Contains(OfferumSimulator.DefaultFlow, flows);
        var checks = (await PostAsync(app, $"pipelines/{name}/draft/check", new { })).GetProperty("checks").EnumerateArray().ToList();
        Assert.All(checks, check => Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString()));

        using var tooMany = await app.PostAsync($"pipelines/{name}/draft/pass", new { take = 51 });
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
    }

    [Fact]
    public async Task The_comparison_shows_exactly_the_orders_that_differ_and_in_what()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Main");
        foreach (var id in Enumerable.Range(1, 20))
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            using var answer = await app.SendWebhookAsync(id, pipeline: name);
        }

        foreach (var id in Enumerable.Range(1, 20))
        {
            await app.WaitForAsync($"{name}/lead/{id}", "Delivered");
        }

        var untouched = await CompareAsync(app, name);
        Assert.Equal((20, 20, 0), (untouched.GetProperty("done").GetInt32(), untouched.GetProperty("same").GetInt32(), untouched.GetProperty("differing").GetInt32()));

        var settings = api.Settings();
        settings["Offerum"]!["Form"]!["comment"] = "{client_name|'one'}";
        await api.SaveAsync(name, settings);
        var changed = await CompareAsync(app, name);

        Assert.Equal(20, changed.GetProperty("differing").GetInt32());
        Assert.All(changed.GetProperty("items").EnumerateArray(), item =>
        {
            var order = Assert.Single(item.GetProperty("orders").EnumerateArray());
            Assert.Equal("changed", Text(order, "change"));
            var field = Assert.Single(order.GetProperty("fields").EnumerateArray());
            Assert.Equal(("comment", "one"), (Text(field, "name"), Text(field, "live")));
        });
        Assert.Equal(20, app.Offerum.Orders.Count);
    }

    [Fact]
    public async Task A_sent_test_is_a_lead_like_any_other_and_its_webhook_is_seen()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await DraftAsync(api);
        app.Uon.Leads.Put(UonRecord.Lead(9));
        using var early = await app.PostAsync($"pipelines/{name}/draft/send", new { kind = "lead", id = 9 });
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using (var unused = await app.SendWebhookOnceAsync(8, pipeline: name))
        {
            Assert.Equal(HttpStatusCode.OK, unused.StatusCode);
        }

        var seen = await app.Http.GetFromJsonAsync<JsonElement>($"pipelines/{name}/webhook/last");
        Assert.Equal(("POST", 1, "lead", "8", "ignored"), (Text(seen, "method"), seen.GetProperty("typeId").GetInt32(), Text(seen, "kind"), Text(seen, "recordId"), Text(seen, "state")));

        await api.PublishAsync(name);
        using var sent = await app.PostAsync($"pipelines/{name}/draft/send", new { kind = "lead", id = 9 });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal($"{name}/lead/9", Text(await sent.Content.ReadFromJsonAsync<JsonElement>(), "operation"));
        await app.WaitForAsync($"{name}/lead/9", "Delivered");
        Assert.Single(app.Offerum.Sent("lead-9"));
        Assert.Equal("Delivered", Text(await app.Http.GetFromJsonAsync<JsonElement>($"pipelines/{name}/webhook/last"), "state"));
    }

    [Fact]
    public async Task A_drafts_webhooks_are_registered_and_seen_before_publication()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await DraftAsync(api);

        var registered = await PostAsync(app, $"pipelines/{name}/webhook/register", new { });
        await app.Uon.EnterAsync(UonRecord.Lead(5));

        Assert.Equal(["created", "created"], registered.GetProperty("items").EnumerateArray().Select(item => Text(item, "state")));
        var seen = await app.Http.GetFromJsonAsync<JsonElement>($"pipelines/{name}/webhook/last");
        Assert.Equal(("5", "ignored"), (Text(seen, "recordId"), Text(seen, "state")));
        Assert.Equal(0, app.Offerum.Orders.Count);
    }

    private static async Task<string> DraftAsync(EditorApi api)
    {
        var name = await api.CreateAsync("Main");
        await api.SaveAsync(name, api.Settings());
        await api.SetSecretsAsync(name);
        return name;
    }

    private static async Task<JsonElement> CompareAsync(PipelineApp app, string name)
    {
        var id = Text(await PostAsync(app, $"pipelines/{name}/draft/compare", new { take = 20 }), "id");
        var view = await Eventually.GetAsync(
            () => app.Http.GetFromJsonAsync<JsonElement>($"pipelines/{name}/compare/{id}"), comparison => Text(comparison, "status") is "done" or "failed");
        Assert.Equal("done", Text(view, "status"));
        return view;
    }

    private static async Task<JsonElement> PostAsync(PipelineApp app, string route, object body)
    {
        using var answer = await app.PostAsync(route, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private Task<PipelineApp> EmptyAsync() => PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [] });
}
