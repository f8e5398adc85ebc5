using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

/// <summary>What comes back to the agency: the cabinet's webhooks, old records, outcomes in U-ON, and a channel of alerts that fails.</summary>
public sealed class LoopTests(AzuriteFixture azurite, Chromium chromium)
{
    [Fact]
    public async Task An_operator_sees_and_closes_the_loop()
    {
        await using var app = await PipelineApp.StartAsync(
            azurite,
            [
                .. LongCalls.Of(PipelineApp.Name),
                ("Pipelines:main:Postback:Secret", Scene.PostbackSecret),
                ("Pipelines:main:Reconcile:Window", "0"),
                ("Pipelines:main:Uon:WriteBack:delivered:Note", "Передан в сеть, заказ {order_id}"),
                ("Pipelines:main:Uon:WriteBack:approved:Note", "Одобрен: {payout} {currency}"),
                ("Pipelines:main:Uon:WriteBack:approved:Field:12", "{payout} {currency}"),
                // The backfill goes on when it is told to, and is seen to run until then.
                ("Jobs:replays:Disabled", "true"),
                ("Alerts:Max:Token", "max-token-for-tests"),
                ("Alerts:Max:Chat", "-70012345"),
                ("Alerts:Max:BaseAddress", "http://127.0.0.1:9"),
            ]);
        app.Offerum.ForSubId("lead-1").Set(OfferumReplyKind.NameError);
        for (var lead = 1; lead <= 6; lead++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(lead, TimeProvider.System.GetUtcNow().AddHours(-2)));
        }

        (await app.SendWebhookAsync(1)).Dispose();
        (await app.SendWebhookAsync(2)).Dispose();
        await app.WaitForAsync("lead", 1, "Rejected");
        await app.WaitForAsync("main/lead/2", story => story.State("uon-write") == "Delivered", "be written back");
        await Scene.PostbackAsync(app, 2, "approved&summ_approved=900&currency=RUB");
        await app.WaitForAsync("main/lead/2", story => story.Events("uon-write").Split(' ').Count(name => name == "delivered") == 2, "be written back again");
        await app.RunJobAsync("alerts");
        await using var visit = await Visit.StartAsync(chromium, app);
        await visit.EnterAsync();

        await visit.GoAsync("overview");
        await visit.ShownAsync("[data-channel=max]");
        await visit.TakePictureAsync("overview");

        await visit.GoAsync("pipelines");
        await visit.Action("check").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-hook=\"1\"]")).ToHaveAttributeAsync("data-state", "missing");
        await visit.TakePictureAsync("pipelines-missing");
        await visit.Action("register").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-hook=\"1\"]")).ToHaveAttributeAsync("data-state", "created");
        await visit.Action("backfill").ClickAsync();
        await CountAsync(visit, "4");
        await visit.TakePictureAsync("backfill");
        await visit.Page.Locator("dialog [data-action=start]").ClickAsync();
        await visit.ShownAsync("[data-run=Running]");
        await visit.TakePictureAsync("running");
        await Eventually.UntilAsync(
            async () =>
            {
                await app.RunJobAsync("replays");
                return await app.OperationAsync("lead", 3) is not null;
            },
            TimeSpan.FromMilliseconds(300));

        await visit.GoAsync("operations/main/lead/2");
        await Assertions.Expect(visit.Page.Locator("[data-destination=uon-write]").First).ToBeVisibleAsync();
        await visit.TakePictureAsync("operation");
        Assert.Empty(visit.Wrong);
    }

    /// <summary>A count has a time limit: on a busy machine it may be partial, or fail, and the operator counts again.</summary>
    private static async Task CountAsync(Visit visit, string expected)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        while (true)
        {
            await visit.Page.Locator("dialog [data-action=count]").ClickAsync();
            await visit.ShownAsync("dialog :is([data-count], .wrong)");
            if (await visit.Page.Locator($"dialog [data-count='{expected}']").CountAsync() > 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, timeout.Token);
            // A choice, even the same one, forgets the last count.
            await visit.Page.Locator("dialog select[name=kind]").SelectOptionAsync("");
        }
    }
}
