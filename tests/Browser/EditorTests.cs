using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

/// <summary>A pipeline made on the page, from an app in which there is nothing, by a person who is no programmer.</summary>
public sealed class EditorTests(AzuriteFixture azurite, Chromium chromium)
{
    private const int Leads = 20;
    private const string Source = "Сайт";

    [SlowTheory]
    [InlineData("ru-RU", false)]
    [InlineData("en-GB", true)]
    public async Task An_empty_app_sells_a_lead_set_up_through_the_page_alone(string locale, bool phone)
    {
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [] });
        var created = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-3).ToUnixTimeSeconds());
        app.Uon.Requests.Put(UonRecord.Request(9001, created).With("client_phone_mobile", "8 (996) 100-90-01").With("client_name", "Анна").With("source", "Сайт"));
        await using var visit = await Visit.StartAsync(chromium, app, new VisitOptions(locale, phone, Narrow: phone));
        var page = visit.Page;
        var editor = new EditorPage(visit);
        var found = new List<string>();

        await visit.EnterAsync("pipelines");
        await visit.ShownAsync(".first-start");
        found.AddRange(await visit.FoundAsync("first start"));
        await editor.CreateAsync("Заявки из Турции");
        var address = await page.Locator("section[aria-labelledby=webhook-title] input[readonly]").InputValueAsync();
        await editor.ConnectAsync();
        await editor.SetAsync("Offerum:Source", "{source}");
        await editor.AddFormFieldAsync("user_ip", "203.0.113.7");
        await editor.AddFormFieldAsync("user_agent", "Mozilla/5.0");
        await visit.Action("write-back-suggest").ClickAsync();
        await editor.SavedAsync();
        await Assertions.Expect(page.Locator("[data-setting='Uon:WriteBack:delivered:Note'] input")).ToHaveValueAsync(new Regex(@"\{order_id\}$"));
        await page.Locator(".sample-bar select[name=kind]").SelectOptionAsync("request");
        await page.Locator(".sample-bar input[name=id]").FillAsync("9001");
        await visit.Action("sample-take").ClickAsync();
        await Assertions.Expect(page.Locator("[data-destination=offerum] [data-sent=user_agent]")).ToContainTextAsync("Mozilla/5.0");
        await Assertions.Expect(page.Locator("[data-destination=offerum] .request")).Not.ToContainTextAsync(OfferumSimulator.DefaultKey);
        found.AddRange(await visit.FoundAsync("destinations"));
        foreach (var part in new[] { "source", "fields", "rules", "compare", "send", "history", "run" })
        {
            await editor.OpenAsync(part);
            found.AddRange(await visit.FoundAsync(part));
        }

        await editor.PublishAndStartAsync("Первая версия");
        await editor.OpenAsync("source");
        using (var uon = Stranger.Of(app))
        using (var answer = await uon.PostAsync(new Uri(address), new FormUrlEncodedContent([new("r_id", "9001")])))
        {
            answer.EnsureSuccessStatusCode();
        }

        await page.Locator("[data-webhook=seen] a[href$='/request/9001']").ClickAsync();
        await visit.ShownAsync(".standing [data-state=Delivered]");
        found.AddRange(await visit.FoundAsync("delivered"));
        await app.WaitForAsync(page.Url.Split("#/operations/")[1], story => story.State("uon-write") == "Delivered", "be written back");
        Assert.EndsWith("/request/9001 delivered]", app.Uon.Requests.Fields(9001)!["notes"]!.ToString(), StringComparison.Ordinal);

        var order = Assert.Single(app.Offerum.Orders);
        Assert.Equal([new("key", OfferumSimulator.DefaultKey), new("flow", OfferumSimulator.DefaultFlow), new("source", "Сайт"), new("subid", "request-9001")], order.Query);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["default_country"] = "RU",
                ["phone"] = "+79961009001",
                ["name"] = "Анна",
                ["user_ip"] = "203.0.113.7",
                ["user_agent"] = "Mozilla/5.0",
                ["order_time"] = created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            },
            order.Form);
        Assert.Empty(found);
        Assert.Empty(visit.Wrong);
    }

    [SlowFact]
    public async Task A_click_adds_a_field_and_a_rule_is_tried_before_anything_is_sent()
    {
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [] });
        app.Uon.Leads.Put(UonRecord.Lead(48_213).With("notes", "<img src=x onerror=alert(1)>").With("status_id", "1"));
        await using var visit = await Visit.StartAsync(chromium, app);
        var page = visit.Page;
        var editor = new EditorPage(visit);
        await visit.EnterAsync("pipelines");
        await editor.CreateAsync("Проба");
        await editor.ConnectAsync();

        await editor.OpenAsync("fields");
        await page.Locator("[data-record='lead/48213']").ClickAsync();
        await page.Locator("[data-place='/lead/0/notes']").ClickAsync();
        await Assertions.Expect(page.Locator("[data-field=notes] .field-value")).ToHaveTextAsync("<img src=x onerror=alert(1)>");
        await editor.OpenAsync("rules");
        await visit.Action("rule-add").ClickAsync();
        await page.Locator(".rule input").FillAsync("5,7");
        await visit.ShownAsync("[data-rule][data-passed=false]");
        await visit.Action("pass").ClickAsync();
        await visit.ShownAsync("[data-passed='0'].big-words");
        await page.Locator(".rule input").FillAsync("1,5");
        await visit.ShownAsync("[data-rule][data-passed=true]");

        Assert.Empty(app.Offerum.Orders);
        Assert.Equal(0, await page.Locator("#app img, #app [onerror]").CountAsync());
        Assert.Empty(visit.Wrong);
    }

    [SlowTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_after_a_stop_asks_from_when(bool phone)
    {
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [] });
        await using var visit = await Visit.StartAsync(chromium, app, new VisitOptions("ru-RU", phone, Narrow: phone));
        var page = visit.Page;
        var editor = new EditorPage(visit);
        await visit.EnterAsync("pipelines");
        await editor.CreateAsync("Заявки из Турции");
        await editor.ConnectAsync();
        await editor.PublishAndStartAsync("Первая");
        await visit.Action("stop-pipeline").ClickAsync();
        await visit.Action("stop-now").ClickAsync();
        await visit.Action("start-pipeline").ClickAsync();
        await visit.ShownAsync("dialog input[name=from]");
        var found = await visit.FoundAsync("start");
        var asked = page.WaitForRequestAsync(request => request.Url.EndsWith("/start", StringComparison.Ordinal));

        // Who names a moment means it: no second click is needed.
        await page.Locator("dialog input[name=from]").FillAsync("2026-11-01T09:30");
        await Assertions.Expect(page.Locator("dialog input[value=from]")).ToBeCheckedAsync();
        await visit.Action("start-now").ClickAsync();

        Assert.Matches("\"from\":\"2026-(10-31|11-01)T[0-9:]+.000Z\"", (await asked).PostData);
        await visit.ShownAsync("[data-action=stop-pipeline]");
        Assert.Empty(found);
        Assert.Empty(visit.Wrong);
    }

    [SlowFact]
    public async Task A_change_is_compared_published_restored_and_named_in_every_story()
    {
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [] });
        await using var visit = await Visit.StartAsync(chromium, app);
        var page = visit.Page;
        var editor = new EditorPage(visit);
        await visit.EnterAsync("pipelines");
        await editor.CreateAsync("Проба");
        var address = await page.Locator("section[aria-labelledby=webhook-title] input[readonly]").InputValueAsync();
        await editor.ConnectAsync();
        await editor.PublishAndStartAsync("Первая");
        await Task.WhenAll(Enumerable.Range(1, Leads).Select(lead => SellAsync(app, address, lead)));

        await editor.OpenAsync("destinations");
        await editor.AddFormFieldAsync("comment", "{source}");
        await editor.OpenAsync("compare");
        await visit.Action("compare").ClickAsync();
        await visit.ShownAsync($"[data-same='{Leads / 2}'][data-differing='{Leads / 2}']");
        var differing = await page.Locator("[data-compared]:has([data-changed=comment])").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.compared)");
        Assert.Equal(Enumerable.Range(1, Leads).Where(HasSource).Select(lead => $"proba/lead/{lead}").Order(StringComparer.Ordinal), differing.Order(StringComparer.Ordinal));
        await editor.OpenAsync("run");
        await visit.ShownAsync("[data-changed='Offerum:Form:comment']");
        await visit.Action("publish").ClickAsync();
        await Assertions.Expect(page.Locator(".editor-state")).ToContainTextAsync("2");
        await SellAsync(app, address, Leads + 2);
        await editor.OpenAsync("history");
        await page.Locator("[data-revision='1'] [data-action=restore]").ClickAsync();
        await visit.Action("restore-now").ClickAsync();
        await visit.ShownAsync("[data-revision='3']");
        await SellAsync(app, address, Leads + 4);

        var withComment = Assert.Single(app.Offerum.Orders, order => order.Form.ContainsKey("comment"));
        Assert.Equal(($"lead-{Leads + 2}", Source), (withComment.SubId, withComment.Form["comment"]));
        foreach (var (lead, revision) in new[] { (Leads, "1"), (Leads + 2, "2"), (Leads + 4, "3") })
        {
            await visit.GoAsync($"operations/proba/lead/{lead}");
            await Assertions.Expect(page.Locator(".facts [data-revision]")).ToContainTextAsync(revision);
        }

        Assert.Empty(visit.Wrong);
    }

    private static bool HasSource(int lead) => lead % 2 == 0;

    private static async Task SellAsync(PipelineApp app, string address, int id)
    {
        app.Uon.Leads.Put(UonRecord.Lead(id).With("source", HasSource(id) ? Source : null));
        using var uon = Stranger.Of(app);
        using var answer = await uon.PostAsync(new Uri(address), new FormUrlEncodedContent([new("type_id", "1"), new("request_id", id.ToString(CultureInfo.InvariantCulture))]));
        answer.EnsureSuccessStatusCode();
        await app.WaitForAsync($"proba/lead/{id}", "Delivered");
    }
}
