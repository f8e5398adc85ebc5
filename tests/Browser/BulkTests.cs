using System.Globalization;
using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

public sealed class BulkTests(AzuriteFixture azurite, Chromium chromium)
{
    private const int Many = 300;

    /// <summary>Keeps each value of a running replay that the page shows, however short: from outside, a busy machine misses some.</summary>
    private const string Watch = """
        () => {
          window.seen = [];
          new MutationObserver(() => window.seen.push(...[...document.querySelectorAll('[data-run=Running] progress')].map(bar => bar.value)))
            .observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """;

    [SlowFact]
    public async Task Three_hundred_failures_of_one_cause_are_fixed_with_two_clicks()
    {
        await using var app = await RefusedLeadsAsync(Many);
        await using var visit = await Visit.StartAsync(chromium, app);
        await visit.EnterAsync("attention");
        await Assertions.Expect(visit.Page.Locator(".group .big")).ToHaveTextAsync(Many.ToString(CultureInfo.InvariantCulture));

        await visit.Action("all-send").ClickAsync();
        await visit.Page.Locator("select[name=pace]").SelectOptionAsync("1000");
        await Assertions.Expect(visit.Page.Locator(".big-words")).ToContainTextAsync(Many.ToString(CultureInfo.InvariantCulture));
        await visit.Page.EvaluateAsync(Watch);
        await visit.Action("start").ClickAsync();

        await FollowAsync(visit, "[data-run=Done]");
        Assert.Contains(await visit.Page.EvaluateAsync<int[]>("() => window.seen"), done => done is > 0 and < Many);
        await Assertions.Expect(visit.Page.Locator(".progress-words")).ToContainTextAsync("300");
        await Assertions.Expect(visit.Page.Locator(".well")).ToBeVisibleAsync();
        await app.WaitUntilQuietAsync();
        Assert.Equal(Many, app.Offerum.AcceptedBySubId().Count);
        Assert.All(app.Offerum.AcceptedBySubId(), orders => Assert.Equal(1, orders.Value));
        Assert.Empty(visit.Wrong);
    }

    [SlowFact]
    public async Task Stopped_the_rest_is_left_alone()
    {
        // Only requested runs continue the replay: the timer could end it while a busy machine is about to press the next button. Even a late
        // run finds leads left, because at this pace they take over a minute.
        await using var app = await RefusedLeadsAsync(60, ("Jobs:replays:Disabled", "true"));
        await using var visit = await Visit.StartAsync(chromium, app);
        await visit.EnterAsync("attention");
        await visit.Action("all-send").ClickAsync();
        await visit.Page.Locator("select[name=pace]").SelectOptionAsync("60");
        await visit.Action("start").ClickAsync();
        await visit.ShownAsync("[data-run=Running]");
        await app.RunJobAsync("replays");

        await visit.Action("stop").ClickAsync();

        await visit.ShownAsync("[data-run=Cancelled]");
        await app.RunJobAsync("replays");
        await app.WaitUntilQuietAsync();
        Assert.InRange(app.Offerum.AcceptedBySubId().Count, 0, 59);
        await visit.Page.ReloadAsync();
        await visit.ShownAsync("[data-run=Cancelled]");
        await visit.Page.Locator("[data-run] button").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-run]")).ToHaveCountAsync(0);
        Assert.Empty(visit.Wrong);
    }

    /// <summary>Lets the timer come as often as it may, until the page shows the end.</summary>
    private static Task FollowAsync(Visit visit, string end) => Eventually.UntilAsync(
        async () =>
        {
            await visit.App.RunJobAsync("replays");
            return await visit.Page.Locator(end).CountAsync() > 0;
        },
        TimeSpan.FromMilliseconds(300));

    /// <summary>Leads that the network refused while it had a bad day, which is over.</summary>
    private async Task<PipelineApp> RefusedLeadsAsync(int count, params (string Key, string? Value)[] settings)
    {
        var app = await PipelineApp.StartAsync(azurite, [.. LongCalls.Of(PipelineApp.Name), .. settings]);
        app.Offerum.Replies.Set(OfferumReplyKind.NameError);
        foreach (var batch in Enumerable.Range(1, count).Chunk(20))
        {
            await Task.WhenAll(batch.Select(async id =>
            {
                app.Uon.Leads.Put(UonRecord.Lead(id));
                using var answer = await app.SendWebhookAsync(id);
                answer.EnsureSuccessStatusCode();
            }));
        }

        for (var id = 1; id <= count; id++)
        {
            await app.WaitForAsync("lead", id, "Rejected");
        }

        app.Offerum.Replies.Clear();
        return app;
    }
}
