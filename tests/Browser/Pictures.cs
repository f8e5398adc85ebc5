using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Playwright;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

/// <summary>
/// Makes the pictures of the README anew: <c>dotnet run --project tests/Browser -- -explicit only</c>. All that is seen is invented.
/// </summary>
public sealed class Pictures(AzuriteFixture azurite, Chromium chromium)
{
    private static readonly string Folder = Path.Combine(Sources.Root, "docs", "images");

    [Fact(Explicit = true)]
    public async Task Pictures_of_the_console_are_made()
    {
        await using var app = await Scene.StartAsync(azurite, sold: 14);
        await RememberAsync(app);
        await app.RunJobAsync("rollup");
        await using (var visit = await Visit.StartAsync(chromium, app, new VisitOptions(Scale: 1.5f)))
        {
            await visit.EnterAsync();
            await TakeAsync(visit, "overview", $"[data-pipeline={PipelineApp.Name}] canvas", "console-ru");
            await TakeAsync(visit, "operations", "a.row", "console-operations-ru");
            await TakeAsync(visit, "attention", ".group", "console-attention-ru");
            await TakeAsync(visit, "pipelines", "[data-pipeline]", "console-pipelines-ru");
        }

        await using (var visit = await Visit.StartAsync(chromium, app, new VisitOptions("en-US", Scale: 1.5f)))
        {
            await visit.EnterAsync();
            await TakeAsync(visit, $"operations/main/lead/{Scene.Refused}", ".story li", "console-en");
        }

        await using (var visit = await Visit.StartAsync(chromium, app, new VisitOptions(Phone: true, Dark: true, Scale: 1.5f)))
        {
            await visit.EnterAsync();
            await TakeAsync(visit, $"operations/main/lead/{Scene.Refused}", ".story li", "console-phone-ru");
        }
    }

    [Fact(Explicit = true)]
    public async Task Pictures_of_the_editor_are_made()
    {
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [] });
        for (var lead = 48_213; lead < 48_223; lead++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(lead));
        }

        await using (var visit = await Visit.StartAsync(chromium, app, new VisitOptions(Scale: 1.5f)))
        {
            await visit.EnterAsync("pipelines");
            var editor = new EditorPage(visit);
            await editor.CreateAsync("Заявки из Турции");
            await editor.ConnectAsync();
            await visit.Page.Locator("[data-record]").First.ClickAsync();
            await visit.ShownAsync("[data-destination=offerum] [data-sent=phone]");
            await visit.ShownAsync("[data-check=offerum]");
            await SnapAsync(visit, "editor-ru");
            await visit.Action("write-back-suggest").ClickAsync();
            await editor.SavedAsync();
            await visit.Page.EvaluateAsync("() => document.querySelectorAll('[data-write-back] details').forEach((one) => { one.open = one.dataset.outcome === 'approved'; })");
            await visit.Page.Locator("[data-map='Uon:WriteBack:approved:Field'] .add input").FillAsync("12");
            await visit.Page.Keyboard.PressAsync("Tab");
            await visit.Page.Locator("[data-write-back] [data-entry='12'] input").FillAsync("{payout} {currency}");
            await SnapCardAsync(visit, "write-back-ru");
            await editor.OpenAsync("fields");
            await visit.ShownAsync(".tree");
            await SnapAsync(visit, "editor-fields-ru");
        }

        await using (var visit = await Visit.StartAsync(chromium, app, new VisitOptions("en-GB", Phone: true, Dark: true, Scale: 1.5f)))
        {
            await visit.EnterAsync("pipelines/zayavki-iz-turtsii/destinations");
            await visit.ShownAsync("[data-destination=offerum]");
            await SnapAsync(visit, "editor-phone-en");
        }
    }

    /// <summary>The window as it is, once the notes on what was just done are gone.</summary>
    private static async Task SnapAsync(Visit visit, string name)
    {
        await visit.ShownAsync("[data-save=saved]");
        await Assertions.Expect(visit.Page.Locator(".toast")).ToHaveCountAsync(0);
        await visit.Page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
        await visit.Page.Mouse.MoveAsync(1, 1);
        Directory.CreateDirectory(Folder);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>What U-ON gets to know, by itself: it stands far down on its page.</summary>
    private static async Task SnapCardAsync(Visit visit, string name)
    {
        await visit.ShownAsync("[data-save=saved]");
        await visit.Page.EvaluateAsync("() => document.activeElement?.blur()");
        await visit.Page.Locator("[data-write-back]").ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    private static async Task TakeAsync(Visit visit, string view, string shown, string name)
    {
        await visit.GoAsync(view);
        await visit.ShownAsync(shown);
        // Hovering and focus would be in the picture; the menu's number comes with a request of its own.
        await visit.Page.Mouse.MoveAsync(1, 1);
        await visit.ShownAsync("nav .count");
        Directory.CreateDirectory(Folder);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>A month that the agency has had already: the hourly counters as the app folds them.</summary>
    private static async Task RememberAsync(PipelineApp app)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var ago in Enumerable.Range(1, 30 * 24))
        {
            var hour = now.AddHours(-ago);
            // Moscow's working day, quieter at weekends.
            var local = (hour.Hour + 3) % 24;
            var busy = local is < 8 or > 22 ? 0 : 9 - Math.Abs(14 - local) + (ago * 7 % 5);
            var received = Math.Max(0, hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? busy / 2 : busy);
            if (received == 0)
            {
                continue;
            }

            var failed = ago % 17 == 0 ? 1 : 0;
            await app.Journal.AddEntityAsync(new TableEntity($"{PipelineApp.Name}|lead", $"c|{hour.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}")
            {
                ["Received"] = (long)received,
                ["States"] = JsonSerializer.Serialize(new Dictionary<string, long> { ["Delivered"] = received - failed, ["Failed"] = failed }),
                ["Latency"] = JsonSerializer.Serialize(new Dictionary<string, long> { ["4"] = received - failed }),
                ["Postbacks"] = JsonSerializer.Serialize(new Dictionary<string, long> { ["approved"] = received / 3, ["declined"] = received / 5 }),
                ["Payouts"] = JsonSerializer.Serialize(new Dictionary<string, decimal> { ["RUB"] = 1_150m * (received / 3) }),
            });
        }
    }
}
