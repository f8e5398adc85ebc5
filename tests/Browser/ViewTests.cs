using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

/// <summary>Every view and every button, in both languages, on a desk and on a phone.</summary>
public sealed class ViewTests(AzuriteFixture azurite, Chromium chromium)
{
    [SlowTheory]
    [InlineData("ru-RU", false, false)]
    [InlineData("en-GB", true, true)]
    public async Task Every_view_is_readable_by_all_and_fits_its_screen(string locale, bool phone, bool dark)
    {
        await using var app = await Scene.StartAsync(azurite, sold: 3);
        await using var visit = await Visit.StartAsync(chromium, app, new VisitOptions(locale, phone, dark));
        await visit.Page.GotoAsync(visit.Address.AbsoluteUri);
        await visit.ShownAsync(".door");
        var found = new List<string>(await visit.FoundAsync("login"));
        await visit.EnterAsync();
        foreach (var (view, shown) in new[]
        {
            ("overview", ".pipeline"), ("operations", "a.row"), ($"operations/main/lead/{Scene.Refused}", ".story li"), ("attention", ".group"), ("pipelines", "[data-pipeline]"),
        })
        {
            await visit.GoAsync(view);
            await visit.ShownAsync(shown);
            found.AddRange(await visit.FoundAsync(view));
        }

        foreach (var (view, lead) in new[] { ("edit", Scene.Refused), ("edit-in-doubt", Scene.MayHaveArrived) })
        {
            await visit.GoAsync($"operations/main/lead/{lead}");
            await visit.Action("edit").ClickAsync();
            await visit.ShownAsync("dialog[open]");
            found.AddRange(await visit.FoundAsync(view));
            await visit.Page.Keyboard.PressAsync("Escape");
        }

        Assert.Empty(found);
        Assert.Empty(visit.Wrong);
    }

    [SlowTheory]
    [InlineData("ru-RU", false)]
    [InlineData("en-US", true)]
    public async Task Every_button_does_what_it_says(string locale, bool phone)
    {
        await using var app = await Scene.StartAsync(azurite, sold: 3);
        await using var visit = await Visit.StartAsync(chromium, app, new VisitOptions(locale, phone));
        await visit.EnterAsync("operations");
        await ListAsync(visit);
        await OperationsAsync(visit);
        await PipelinesAsync(visit);
        await AttentionAsync(visit);
        await FrameAsync(visit, locale);
        Assert.Empty(visit.Wrong);
    }

    private static async Task ListAsync(Visit visit)
    {
        await visit.ShownAsync("a.row");
        await visit.Page.Locator("select[name=state]").SelectOptionAsync("Rejected");
        await Assertions.Expect(visit.Page.Locator("a.row")).ToHaveCountAsync(1);
        await visit.Page.Locator("select[name=error]").SelectOptionAsync("offerum-rejected");
        await Assertions.Expect(visit.Page.Locator("a.row")).ToHaveCountAsync(1);
        await visit.Page.Locator("select[name=period]").SelectOptionAsync("24h");
        await Assertions.Expect(visit.Page.Locator("a.row")).ToHaveCountAsync(1);
        await visit.Page.Locator("select[name=period]").SelectOptionAsync("custom");
        await visit.Page.Locator("input[name=to]").FillAsync("2020-01-01");
        await Assertions.Expect(visit.Page.Locator("a.row")).ToHaveCountAsync(0);
        await visit.Action("clear").ClickAsync();
        await visit.Page.Locator("select[name=pipeline]").SelectOptionAsync(Scene.Second);
        await Assertions.Expect(visit.Page.Locator("a.row")).ToHaveCountAsync(1);
        await visit.Action("clear").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("a.row").Nth(4)).ToBeVisibleAsync();
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Action("csv").ClickAsync());
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("48213", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
        foreach (var search in new[] { "48213", "+7 900 123 45 67", "89001234567", "main/lead/48213" })
        {
            await visit.GoAsync("operations");
            await visit.Page.Locator("input[name=q]").FillAsync(search);
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.ShownAsync(search.Contains('/', StringComparison.Ordinal) ? ".standing" : "a.row");
            if (!search.Contains('/', StringComparison.Ordinal))
            {
                await Assertions.Expect(visit.Page.Locator("a.row")).ToHaveCountAsync(1);
            }
        }
    }

    private static async Task OperationsAsync(Visit visit)
    {
        await OpenAsync(visit, Scene.Refused);
        await visit.Action("reveal").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-field=phone]")).ToContainTextAsync("+79001234567");
        await visit.Action("preview").ClickAsync();
        await visit.ShownAsync("[data-outcome=would-send]");
        await visit.Action("send").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-event=rejected]")).ToHaveCountAsync(2);

        await OpenAsync(visit, Scene.NotThere);
        await visit.Action("discard").ClickAsync();
        await visit.Page.Locator("dialog button[type=submit]").ClickAsync();
        await visit.ShownAsync(".standing [data-state=Discarded]");
        await visit.Action("enrich").ClickAsync();
        await visit.ShownAsync(".standing [data-state=Waiting]");

        await OpenAsync(visit, Scene.MayHaveArrived);
        await visit.Action("send").ClickAsync();
        await visit.Page.Locator("dialog button[type=button].secondary").ClickAsync();
        await visit.Action("delivered").ClickAsync();
        await visit.Page.Locator("dialog input[name=orderId]").FillAsync("1489733999");
        await visit.Page.Locator("dialog button[type=submit]").ClickAsync();
        await visit.ShownAsync(".standing [data-state=Delivered]");
        await Assertions.Expect(visit.Page.Locator(".facts")).ToContainTextAsync("1489733999");
        await Assertions.Expect(visit.Page.Locator(".standing .buttons button")).ToHaveCountAsync(0);

        await OpenAsync(visit, Scene.Unclear);
        visit.App.Offerum.ForSubId($"lead-{Scene.Unclear}").Clear();
        await visit.Action("send").ClickAsync();
        await visit.Page.Locator("dialog button[type=submit]").ClickAsync();
        await visit.ShownAsync(".standing [data-state=Delivered]");
    }

    private static async Task PipelinesAsync(Visit visit)
    {
        await visit.GoAsync("pipelines");
        var main = visit.Page.Locator($"[data-pipeline={PipelineApp.Name}]");
        await main.Locator("[data-action=addresses]").ClickAsync();
        await CopiedAsync(visit, main.Locator("[data-action=copy]").First, PipelineApp.Secret);
        await main.Locator("[data-action=check]").ClickAsync();
        await Assertions.Expect(main.Locator("[data-check][data-tone=good]")).ToHaveCountAsync(2);
        await visit.Page.Locator($"[data-pipeline={Scene.Second}] [data-action=check]").ClickAsync();
        await visit.ShownAsync($"[data-pipeline={Scene.Second}] [data-check=offerum][data-tone=bad]");
        await main.Locator("input[name=id]").FillAsync("abc");
        await main.Locator("[data-action=test]").ClickAsync();
        await Assertions.Expect(main.Locator(".wrong")).Not.ToBeEmptyAsync();
        await main.Locator("input[name=id]").FillAsync("48213");
        await main.Locator("[data-action=test]").ClickAsync();
        await main.Locator("[data-outcome=would-send]").WaitForAsync();
        await main.Locator("[data-action=pause]").ClickAsync();
        await visit.Action("pause-now").ClickAsync();
        await main.Locator("[data-breaker=paused]").WaitForAsync();
        await main.Locator("[data-action=resume]").ClickAsync();
        await Assertions.Expect(main.Locator("[data-breaker]")).ToHaveCountAsync(0);
        await main.Locator(".settings summary").ClickAsync();
        await Assertions.Expect(main.Locator(".settings table")).ToContainTextAsync("Offerum:Flow");
    }

    private static async Task AttentionAsync(Visit visit)
    {
        await visit.GoAsync("attention");
        await Assertions.Expect(visit.Page.Locator("[data-code=offerum-denied]")).ToContainTextAsync("zkvz");
        // Otherwise a probe may find the flow before the operator does, and release the lead: then there is no button.
        visit.App.Offerum.CabinetReplies.Set(OfferumReplyKind.ServerError);
        visit.App.Offerum.Flows.Add("zkvz");
        await visit.Page.Locator("[data-code=offerum-denied] [data-action=resume]").ClickAsync();
        await visit.App.WaitForAsync($"{Scene.Second}/lead/{Scene.Held}", "Delivered");
        await Assertions.Expect(visit.Page.Locator("[data-code=offerum-denied]")).ToHaveCountAsync(0);
    }

    private static async Task FrameAsync(Visit visit, string locale)
    {
        var other = locale.StartsWith("ru", StringComparison.Ordinal) ? "en" : "ru";
        await visit.Page.Locator($".languages [lang={other}]").ClickAsync();
        Assert.Equal(other, await visit.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync(other == "ru" ? "Требуют внимания" : "Needs attention");
        await visit.Page.Locator(".tools button.round").ClickAsync();
        await visit.Page.Locator("dialog input[name=operator]").FillAsync("Мария");
        await visit.Page.Locator("dialog button[type=submit]").ClickAsync();
        await visit.Page.Locator(".tools button.round").ClickAsync();
        await visit.Action("leave").ClickAsync();
        await visit.ShownAsync(".door");
        await visit.Page.Locator("input[name=key]").FillAsync("not the key");
        await visit.Page.Locator(".door button[type=submit]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".door .wrong")).Not.ToBeEmptyAsync();
    }

    /// <summary>The button puts the text into the clipboard. The message that says so is gone after six seconds, too soon to wait for.</summary>
    private static async Task CopiedAsync(Visit visit, ILocator button, string text)
    {
        // All windows of the browser share the clipboard.
        await visit.Page.EvaluateAsync("() => navigator.clipboard.writeText('')");
        await button.ClickAsync();
        await Eventually.GetAsync(
            () => visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), copied => copied.Contains(text, StringComparison.Ordinal));
    }

    private static async Task OpenAsync(Visit visit, long lead)
    {
        await visit.GoAsync($"operations/main/lead/{lead}");
        await visit.ShownAsync(".standing");
    }
}
