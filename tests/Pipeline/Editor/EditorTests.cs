using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>Pipelines made through the API alone, from an app that has none.</summary>
public sealed class EditorTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task From_an_empty_app_to_a_delivered_lead()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        Assert.Contains("Create the first one", await api.HealthAsync("Create the first one"), StringComparison.Ordinal);

        var name = await api.CreateAsync("Заявки из Турции");
        Assert.Equal("zayavki-iz-turtsii", name);
        Assert.Equal("draft", (await api.ListedAsync(name)).GetProperty("state").GetString());

        // Nothing is set yet: every problem is told, each with its place, and a wrong draft is not published.
        using var problems = await app.PostAsync($"pipelines/{name}/draft/validate", new { });
        var keys = (await problems.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("key").GetString()).ToList();
        Assert.Equal(["Uon:ApiKey", "Offerum:ApiKey", "Offerum:Flow"], keys);
        using var refused = await app.PostAsync($"pipelines/{name}/publish", new { note = "too early" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(3, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problems").GetArrayLength());

        await api.SaveAsync(name, api.Settings());
        await api.SetSecretsAsync(name);
        Assert.Equal(1, await api.PublishAsync(name));
        var (story, comment) = await api.SellAsync(name, 1);

        Assert.Equal("one", comment);
        Assert.Equal(1, story.GetProperty("revision").GetInt32());
        Assert.All(
            story.GetProperty("events").EnumerateArray().Where(e => e.GetProperty("name").GetString() is "enriched" or "claimed" or "delivered"),
            e => Assert.Equal(1, e.GetProperty("revision").GetInt32()));
        var listed = await api.ListedAsync(name);
        Assert.Equal(("running", "page", 1, true, false), (
            listed.GetProperty("state").GetString(), listed.GetProperty("home").GetString(), listed.GetProperty("revision").GetInt32(), listed.GetProperty("running").GetBoolean(), listed.GetProperty("draft").GetBoolean()));
        Assert.Equal("Заявки из Турции", listed.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_published_change_is_in_the_next_order_and_a_restored_one_is_not()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Main");
        Assert.Equal("one", (await api.SellAsync(name, 1)).Comment);

        await api.SaveAsync(name, api.Settings("two", account: name));
        Assert.True((await api.ListedAsync(name)).GetProperty("draft").GetBoolean());
        Assert.Equal("one", (await api.SellAsync(name, 2)).Comment);
        Assert.Equal(2, await api.PublishAsync(name, "says two"));
        var second = await api.SellAsync(name, 3);
        Assert.Equal(("two", 2), (second.Comment, second.Story.GetProperty("revision").GetInt32()));

        Assert.Equal(HttpStatusCode.OK, await api.PostAsync($"pipelines/{name}/revisions/1/restore"));
        var third = await api.SellAsync(name, 4);
        Assert.Equal(("one", 3), (third.Comment, third.Story.GetProperty("revision").GetInt32()));

        var history = (await app.Http.GetFromJsonAsync<JsonElement>($"pipelines/{name}/revisions")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([3, 2, 1], history.Select(r => r.GetProperty("revision").GetInt32()));
        Assert.Equal([true, false, false], history.Select(r => r.GetProperty("live").GetBoolean()));
        var change = Assert.Single((await app.Http.GetFromJsonAsync<JsonElement>($"pipelines/{name}/revisions/2")).GetProperty("changes").EnumerateArray());
        Assert.Equal("Offerum:Form:comment", change.GetProperty("key").GetString());
        Assert.Equal(("one", "two"), (change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, await api.PostAsync($"pipelines/{name}/revisions/9/restore"));
    }

    [Fact]
    public async Task Two_people_at_once_overwrite_nothing_of_each_other()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.CreateAsync("Main");
        var etag = (await api.DraftAsync(name)).GetProperty("etag").GetString();
        using var mine = await api.SaveAsync(name, api.Settings("mine"), etag);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.NotNull(mine.Headers.ETag);

        using var theirs = await api.SaveAsync(name, api.Settings("theirs"), etag);
        using var blind = await api.SaveAsync(name, api.Settings("blind"), etag: null);

        Assert.Equal(HttpStatusCode.PreconditionFailed, theirs.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        var other = (await theirs.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("draft");
        Assert.Equal("mine", other.GetProperty("settings").GetProperty("Offerum").GetProperty("Form").GetProperty("comment").GetString());
        using var again = await api.SaveAsync(name, api.Settings("theirs"), other.GetProperty("etag").GetString());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_stopped_pipeline_ignores_webhooks_and_an_archive_keeps_its_work()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Main");
        await api.SellAsync(name, 1);
        using var early = await app.Http.DeleteAsync($"pipelines/{name}");
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await api.PostAsync($"pipelines/{name}/stop"));
        using (var ignored = await app.SendWebhookOnceAsync(2, pipeline: name))
        {
            Assert.Equal(HttpStatusCode.OK, ignored.StatusCode);
            Assert.Equal("""{"status":"ignored","reason":"stopped"}""", await ignored.Content.ReadAsStringAsync());
        }

        Assert.Equal("stopped", (await api.ListedAsync(name)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, await api.PostAsync($"pipelines/{name}/start"));
        await api.SellAsync(name, 3);

        await api.PostAsync($"pipelines/{name}/stop");
        using var archived = await app.Http.DeleteAsync($"pipelines/{name}");
        Assert.Equal(HttpStatusCode.NoContent, archived.StatusCode);
        using var unknown = await app.SendWebhookOnceAsync(4, pipeline: name);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.NotNull(await app.OperationAsync("lead", 1, name));
        Assert.True((await api.ListedAsync(name)).GetProperty("archived").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, await api.PostAsync($"pipelines/{name}/start"));
        await api.SellAsync(name, 5);
    }

    [Fact]
    public async Task A_start_fetches_what_was_missed_only_from_the_moment_it_names()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Main");
        await api.PostAsync($"pipelines/{name}/stop");
        var now = TimeProvider.System.GetUtcNow();
        app.Uon.Leads.Put(UonRecord.Lead(1, now.AddHours(-5)));
        app.Uon.Leads.Put(UonRecord.Lead(2, now.AddHours(-1)));

        Assert.Equal(HttpStatusCode.OK, await api.PostAsync($"pipelines/{name}/start"));
        await app.RunJobToItsEndAsync("reconcile");
        await app.WaitUntilQuietAsync();
        Assert.Null(await app.OperationAsync("lead", 2, name));

        foreach (var wrong in new[] { "yesterday", "2026-11-28T09:00:00", now.AddDays(1).ToString("O") })
        {
            using var refused = await app.PostAsync($"pipelines/{name}/start", new { from = wrong });
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using var started = await app.PostAsync($"pipelines/{name}/start", new { from = now.AddHours(-3) });
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        await app.RunJobToItsEndAsync("reconcile");
        await app.WaitForAsync($"{name}/lead/2", "Delivered");
        Assert.Null(await app.OperationAsync("lead", 1, name));
    }

    [Fact]
    public async Task Code_wins_where_both_homes_have_one_name_and_health_says_so()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Both", "page");
        await app.StopHostAsync();
        foreach (var (key, value) in new[]
        {
            ("Webhook:Secret", PipelineApp.Secret), ("Uon:ApiKey", UonSimulator.DefaultApiKey), ("Uon:BaseAddress", app.Uon.BaseAddress.ToString()), ("Offerum:ApiKey", OfferumSimulator.DefaultKey),
            ("Offerum:Flow", OfferumSimulator.DefaultFlow), ("Offerum:BaseAddress", app.Offerum.BaseAddress.ToString()), ("Offerum:Form:comment", "code"),
        })
        {
            app.Set($"Pipelines:{name}:{key}", value);
        }

        await app.StartHostAsync();
        var (story, comment) = await api.SellAsync(name, 1);

        Assert.Equal("code", comment);
        Assert.Equal(JsonValueKind.Null, story.GetProperty("revision").ValueKind);
        Assert.Contains("takes precedence", await api.HealthAsync("takes precedence"), StringComparison.Ordinal);
        var listed = await api.ListedAsync(name);
        Assert.Equal("code", listed.GetProperty("home").GetString());
        Assert.Contains("takes precedence", listed.GetProperty("notes").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_goes_in_and_never_comes_out()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.CreateAsync("Main");
        var settings = api.Settings();
        // Typed into the structure by mistake.
        settings["Uon"]!["ApiKey"] = UonSimulator.DefaultApiKey;
        await api.SaveAsync(name, settings);
        await api.SetSecretsAsync(name);
        await api.PublishAsync(name);

        foreach (var route in new[] { "pipelines", $"pipelines/{name}/draft", $"pipelines/{name}/revisions/1", $"pipelines/{name}/export", "health/details" })
        {
            var text = await app.Http.GetStringAsync(route);
            Assert.DoesNotContain(UonSimulator.DefaultApiKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(OfferumSimulator.DefaultKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(PipelineApp.Secret, text, StringComparison.Ordinal);
        }

        await foreach (var row in new Azure.Data.Tables.TableClient(app.Storage, "pipelines").QueryAsync<Azure.Data.Tables.TableEntity>())
        {
            Assert.DoesNotContain(row.Select(cell => cell.Value).OfType<string>(), text => text.Contains(UonSimulator.DefaultApiKey, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_revision_of_a_newer_app_holds_its_pipeline_and_no_other()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Newer");
        var other = await api.RunAsync("Other");
        var table = new Azure.Data.Tables.TableClient(app.Storage, "pipelines");
        await app.StopHostAsync();
        var row = (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>("pipelines", $"r|{name}|00000001")).Value;
        row["Schema"] = 99;
        await table.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace);

        await app.StartHostAsync();
        using var held = await app.SendWebhookOnceAsync(1, pipeline: name);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, held.StatusCode);
        var listed = await api.ListedAsync(name, "invalid");
        Assert.Equal("invalid", listed.GetProperty("state").GetString());
        Assert.Contains("newer version of the app", listed.GetProperty("problems").ToString(), StringComparison.Ordinal);
        await api.SellAsync(other, 2);
    }

    [Fact]
    public async Task A_lost_secret_keeps_its_pipeline_waiting_and_no_other()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Lost");
        var other = await api.RunAsync("Other");
        var table = new Azure.Data.Tables.TableClient(app.Storage, "pipelines");
        await app.StopHostAsync();
        var secrets = JsonNode.Parse((await table.GetEntityAsync<Azure.Data.Tables.TableEntity>("pipelines", $"r|{name}|00000001")).Value.GetString("Secrets"))!;
        await foreach (var row in table.QueryAsync<Azure.Data.Tables.TableEntity>(r => r.PartitionKey == "pipelines"))
        {
            if (row.RowKey.EndsWith("|" + secrets["Uon:ApiKey"], StringComparison.Ordinal))
            {
                await table.DeleteEntityAsync(row);
            }
        }

        await app.StartHostAsync();
        using var held = await app.SendWebhookOnceAsync(1, pipeline: name);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, held.StatusCode);
        Assert.Contains("Uon:ApiKey", (await api.ListedAsync(name, "invalid")).GetProperty("problems").ToString(), StringComparison.Ordinal);
        await api.SellAsync(other, 2);

        // Entered again and published, it goes on without a restart.
        await api.SetSecretsAsync(name);
        await api.PublishAsync(name);
        await api.SellAsync(name, 3);
    }

    [Fact]
    public async Task An_export_can_be_imported_and_an_unpublished_draft_renamed()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.RunAsync("Main");
        var file = JsonNode.Parse(await app.Http.GetStringAsync($"pipelines/{name}/export"))!.AsObject();
        Assert.Equal(["Pipelines:main:Offerum:ApiKey", "Pipelines:main:Uon:ApiKey", "Pipelines:main:Webhook:Secret"], file["$secrets"]!.AsArray().Select(s => s!.GetValue<string>()));
        using var taken = await app.PostAsync("pipelines/import", file);
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        var pipelines = file["Pipelines"]!.AsObject();
        var settings = pipelines["main"]!.DeepClone();
        pipelines.Remove("main");
        pipelines["second"] = settings;
        using var imported = await app.PostAsync("pipelines/import", file);
        Assert.Equal(HttpStatusCode.Created, imported.StatusCode);

        // As a file may be: with comments, and the editor's switch among the pipelines.
        using var asFile = new StringContent("{ /* ours */ \"Pipelines\": { \"Editing\": \"on\", \"from-file\": { \"Uon\": {}, } } }", System.Text.Encoding.UTF8, "application/json");
        using var fromFile = await app.Http.PostAsync("pipelines/import", asFile);
        Assert.Equal(HttpStatusCode.Created, fromFile.StatusCode);

        await api.SetSecretsAsync("second");
        using var renamed = await api.SaveAsync("second", api.Settings(), (await api.DraftAsync("second")).GetProperty("etag").GetString(), rename: "third");
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        Assert.Equal("third", (await renamed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Undefined, (await api.ListedAsync("second")).ValueKind);
        await api.PublishAsync("third");
        await api.SellAsync("third", 2);
        using var late = await api.SaveAsync("third", api.Settings(), (await api.DraftAsync("third")).GetProperty("etag").GetString(), rename: "fourth");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task A_drafts_address_works_and_a_new_secret_leaves_the_old_valid()
    {
        await using var app = await EmptyAsync();
        var api = new EditorApi(app);
        var name = await api.CreateAsync("Main");
        var first = await AddressAsync(app, name);
        using (var seen = await app.Http.PostAsync(first, new FormUrlEncodedContent([KeyValuePair.Create("type_id", "1"), KeyValuePair.Create("request_id", "7")])))
        {
            Assert.Contains("stopped", await seen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NoContent, await api.PostAsync($"pipelines/{name}/secrets/Webhook:Secret/generate"));
        var second = await AddressAsync(app, name);
        Assert.NotEqual(first, second);
        foreach (var address in new[] { first, second })
        {
            using var answer = await app.Http.PostAsync(address, null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Conflict, await api.PostAsync($"pipelines/{name}/secrets/Uon:ApiKey/generate"));
        Assert.Equal(HttpStatusCode.NotFound, await api.PostAsync($"pipelines/{name}/secrets/Uon:Record/generate"));
    }

    [Fact]
    public async Task Where_editing_is_off_the_page_changes_nothing()
    {
        await using var app = await PipelineApp.StartAsync(azurite, ("Pipelines:Editing", "off"));

        using var refused = await app.PostAsync("pipelines", new { title = "Main" });
        using var code = await app.Http.GetAsync($"pipelines/{PipelineApp.Name}/draft");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, code.StatusCode);
        Assert.Contains("kept as code", await code.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<PipelineApp> EmptyAsync() => PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [] });

    private static async Task<string> AddressAsync(PipelineApp app, string name)
    {
        using var answer = await app.PostAsync($"pipelines/{name}/addresses", new { });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("webhook").GetString()!;
    }
}
