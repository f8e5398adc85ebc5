using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

public sealed class CorrectedLeadTests(AzuriteFixture azurite, Chromium chromium)
{
    private static readonly string[] Milestones = ["webhook", "fetched", "enriched", "claimed", "sent", "rejected", "edited", "delivered"];

    [SlowFact]
    public async Task A_refused_lead_is_found_corrected_and_delivered_with_its_story()
    {
        await using var app = await PipelineApp.StartAsync(azurite, LongCalls.Of(PipelineApp.Name));
        app.Offerum.ForPhone("+79001234567").Set(OfferumReplyKind.PhoneError);
        app.Uon.Leads.Put(UonRecord.Lead(48213).WithPhone("8 (900) 123-45-67", "+79001234567"));
        app.Uon.Leads.Put(UonRecord.Lead(48214));
        (await app.SendWebhookAsync(48213)).Dispose();
        (await app.SendWebhookAsync(48214)).Dispose();
        await app.WaitForAsync("lead", 48213, "Rejected");
        await app.WaitForAsync("lead", 48214, "Delivered");

        await using var visit = await Visit.StartAsync(chromium, app);
        await visit.EnterAsync("operations");
        await visit.ShownAsync("a.row[href='#/operations/main/lead/48214']");
        await visit.Page.Locator("input[name=q]").FillAsync("8 (900) 123-45-67");
        await visit.Page.Keyboard.PressAsync("Enter");
        var rows = visit.Page.Locator("a.row");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await rows.ClickAsync();

        await visit.ShownAsync(".standing [data-state=Rejected]");
        await visit.Action("edit").ClickAsync();
        await visit.Page.Locator("dialog input[name=phone]").FillAsync("12");
        await visit.Page.Locator("dialog button[type=submit]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("dialog .wrong")).ToContainTextAsync("+7 900 123-45-67");
        await visit.Page.Locator("dialog input[name=phone]").FillAsync("8 900 123-45-68");
        await visit.Page.Locator("dialog button[type=submit]").ClickAsync();

        await visit.ShownAsync(".standing [data-state=Delivered]");
        var story = visit.Page.Locator(".story li");
        var events = await story.EvaluateAllAsync<string[]>("items => items.map(item => item.dataset.event)");
        // A busy machine may add a step or repeat one, such as a retry of a call; what leads to what stays the same.
        Assert.Equal(Milestones, events.Reverse().Where(name => Milestones.Contains(name)).Distinct());
        Assert.Equal(["delivered", "sent", "claimed"], events.TakeWhile(name => name != "edited").Where(name => Milestones.Contains(name)).Distinct());
        await Assertions.Expect(visit.Page.Locator("[data-event=edited]")).ToContainTextAsync("Анна");
        Assert.Equal("+79001234568", Assert.Single(app.Offerum.Sent("lead-48213"), order => order.Accepted).Phone);
        Assert.Empty(visit.Wrong);
    }
}
