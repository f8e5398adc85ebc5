using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Hooks;

/// <summary>The webhooks of the U-ON cabinet: looked at, made, corrected.</summary>
public sealed class HookTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_empty_cabinet_gets_both_webhooks_by_POST_and_a_lead_comes_by_them()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        Assert.Equal(["missing", "missing"], States(await CheckAsync(app)));

        var registered = await RegisterAsync(app);
        var again = await RegisterAsync(app);

        Assert.Equal(["created", "created"], States(registered));
        Assert.Equal(["present", "present"], States(again));
        Assert.Equal([(1, "POST"), (2, "POST")], app.Uon.Hooks.All.Select(hook => (hook.TypeId, hook.Method)));
        Assert.DoesNotContain(PipelineApp.Secret, registered.ToString() + again, StringComparison.Ordinal);
        await app.Uon.EnterAsync(UonRecord.Lead(7));
        await app.WaitForAsync("lead", 7, "Delivered");
        Assert.Equal(200, Assert.Single(app.Uon.Hooks.Calls).Status);
    }

    [Fact]
    public async Task A_wrong_method_and_a_former_secret_are_named_and_corrected_in_place()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        var here = app.Host.BaseAddress.GetLeftPart(UriPartial.Authority);
        app.Uon.Hooks.Add(1, $"{here}/api/uon/main/{PipelineApp.Secret}");
        app.Uon.Hooks.Add(2, $"{here}/api/uon/main/a-former-secret-of-nobody", "POST");
        app.Uon.Hooks.Add(1, "https://other.example/hook?key=of-somebody-else");

        var before = await CheckAsync(app);
        var registered = await RegisterAsync(app);

        Assert.Equal(["method", "elsewhere"], States(before));
        Assert.Equal("uon-hook-elsewhere", before.Text("code"));
        Assert.DoesNotContain("a-former-secret-of-nobody", before.ToString(), StringComparison.Ordinal);
        Assert.Equal(["fixed", "fixed"], States(registered));
        Assert.Equal(3, app.Uon.Hooks.All.Count);
        Assert.All(app.Uon.Hooks.All.Take(2), hook => Assert.Equal((hook.TypeId, $"{here}/api/uon/main/{PipelineApp.Secret}", "POST"), (hook.TypeId, hook.Url, hook.Method)));
        Assert.Equal("https://other.example/hook?key=of-somebody-else", app.Uon.Hooks.All[2].Url);
        Assert.Equal(["present", "present"], States(await CheckAsync(app)));
    }

    [Fact]
    public async Task A_key_that_may_not_write_is_told_so_and_nothing_else_stops()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        app.Uon.ReadOnlyKeys.Add(UonSimulator.DefaultApiKey);

        using var answer = await app.PostAsync("pipelines/main/webhook/register", new { });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("may not read or change webhooks", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(app.Uon.Hooks.All);
        app.Uon.Leads.Put(UonRecord.Lead(8));
        using var webhook = await app.SendWebhookAsync(8);
        await app.WaitForAsync("lead", 8, "Delivered");
    }

    [Fact]
    public async Task Hooks_are_found_on_page_two_and_pipelines_show_the_daily_look()
    {
        await using var app = await PipelineApp.StartAsync(azurite, ("Pipelines:main:Uon:Events", "1"));
        for (var other = 0; other < UonHooks.PageSize; other++)
        {
            app.Uon.Hooks.Add(5, "https://other.example/hook");
        }

        app.Uon.Hooks.Add(1, $"{app.Host.BaseAddress.GetLeftPart(UriPartial.Authority)}/api/uon/main/{PipelineApp.Secret}", "post");

        await app.RunJobAsync("hooks");

        var hooks = await HooksOfAsync(app, shown => shown.ValueKind == JsonValueKind.Object);
        Assert.True(hooks.GetProperty("ok").GetBoolean());
        Assert.Equal(["present"], States(hooks));
        Assert.Equal(JsonValueKind.String, hooks.GetProperty("at").ValueKind);
    }

    private static Task<JsonElement> HooksOfAsync(PipelineApp app, Func<JsonElement, bool> wanted) =>
        Eventually.GetAsync(async () => (await app.Http.GetFromJsonAsync<JsonElement>("pipelines")).GetProperty("items")[0].GetProperty("hooks"), wanted);

    private static async Task<JsonElement> CheckAsync(PipelineApp app)
    {
        using var answer = await app.PostAsync("pipelines/main/check", new { });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("hooks");
    }

    private static async Task<JsonElement> RegisterAsync(PipelineApp app)
    {
        using var answer = await app.PostAsync("pipelines/main/webhook/register", new { });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static List<string?> States(JsonElement hooks) => [.. hooks.GetProperty("items").EnumerateArray().Select(item => item.Text("state"))];
}
