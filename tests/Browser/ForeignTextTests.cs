using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

/// <summary>Whatever comes from outside is text: names, statuses, replies, notes, an operator's name.</summary>
public sealed class ForeignTextTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Evil = "\"'><img src=x onerror=\"alert(1)\"><script>alert(2)</script><svg onload=alert(3)>${alert(4)}{{7*7}}";

    private static readonly string[] Fields =
    [
        "client_name", "client_surname", "client_sname", "client_email", "status", "source", "travel_type", "office_name", "manager_name",
        "manager_surname",
    ];

    [SlowFact]
    public async Task A_script_in_any_field_or_reply_is_shown_and_never_run()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        var record = Fields.Aggregate(UonRecord.Lead(7), (made, field) => made.With(field, Evil));
        app.Uon.Leads.Put(record);
        app.Offerum.RequiredFields.Add(Evil);
        (await app.SendWebhookAsync(7)).Dispose();
        await app.WaitForAsync("lead", 7, "Rejected", "Unconfirmed");
        (await app.SendWebhookAsync(8, more: [("client[u_name]", Evil), ("status", Evil)])).Dispose();
        await app.WaitForAsync("lead", 8, "Failed");

        await using var visit = await Visit.StartAsync(chromium, app, new VisitOptions("en-US"));
        await visit.EnterAsync("operations", operatorName: "<img src=x onerror=alert(5)>");
        await visit.ShownAsync("a.row");
        await HarmlessAsync(visit);
        await visit.Page.Locator("a.row", new() { HasText = "<script>" }).First.ClickAsync();
        await visit.ShownAsync(".standing");
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("<script>alert(2)</script>");
        await Assertions.Expect(visit.Page.Locator("pre").First).ToContainTextAsync("onerror");
        await HarmlessAsync(visit);
        await visit.Action("preview").ClickAsync();
        await visit.ShownAsync("[data-outcome]");
        await visit.Action("reveal").ClickAsync();
        await visit.ShownAsync("[data-event=revealed]");
        await visit.Action("edit").ClickAsync();
        await visit.ShownAsync("dialog[open]");
        await HarmlessAsync(visit);
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Action("discard").ClickAsync();
        await visit.Page.Locator("dialog input[name=note]").FillAsync(Evil);
        await visit.Page.Locator("dialog button[type=submit]").ClickAsync();
        await visit.ShownAsync(".standing [data-state=Discarded]");
        await Assertions.Expect(visit.Page.Locator("[data-event=resolved]")).ToContainTextAsync("<img src=x");
        await HarmlessAsync(visit);
        // No two neighbours have the same first part: a change of it shows that the next view is there.
        foreach (var view in new[] { "attention", "operations?state=%3Cscript%3Ealert(6)%3C/script%3E", "pipelines", "operations/%3Cimg%20src=x%3E/lead/1", "overview" })
        {
            await visit.GoAsync(view);
            await visit.LoadedAsync();
            await HarmlessAsync(visit);
        }

        Assert.Empty(visit.Wrong);
    }

    private static async Task HarmlessAsync(Visit visit)
    {
        Assert.Equal(0, await visit.Page.Locator("#app img, #app script, #app iframe, #app svg[onload], #app [onerror], #app [onclick]").CountAsync());
        Assert.Empty(visit.Wrong);
    }
}
