using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.WriteBack;

/// <summary>U-ON is told what became of each lead.</summary>
public sealed class WriteBackTests(AzuriteFixture azurite)
{
    private const string PostbackSecret = "a-postback-secret-for-tests";

    private static readonly (string Key, string? Value)[] Told =
    [
        ("Pipelines:main:Postback:Secret", PostbackSecret),
        ("Pipelines:main:Uon:Events", "1,2,16,17,31,72,73"),
        ("Pipelines:main:Uon:WriteBack:delivered:Note", "Передан в сеть, заказ {order_id}"),
        ("Pipelines:main:Uon:WriteBack:delivered:Status", "5"),
        ("Pipelines:main:Uon:WriteBack:approved:Note", "Одобрен: {payout} {currency}"),
        ("Pipelines:main:Uon:WriteBack:approved:Field:12", "{payout} {currency}"),
        ("Pipelines:main:Uon:WriteBack:approved:Status", "7"),
        ("Pipelines:main:Uon:WriteBack:rejected:Note", "Отклонён: {reason}"),
        ("Pipelines:main:Uon:WriteBack:rejected:Status", "9"),
    ];

    [SlowFact]
    public async Task A_leads_whole_life_gets_to_its_record_whose_webhooks_change_nothing()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Told);
        using var registered = await app.PostAsync("pipelines/main/webhook/register", new { });
        registered.EnsureSuccessStatusCode();
        foreach (var type in new[] { 16, 17, 31, 72, 73 })
        {
            app.Uon.Hooks.Add(type, app.Uon.Hooks.All[0].Url, "POST");
        }

        await app.Uon.EnterAsync(UonRecord.Lead(48_213).With("notes", "Просили перезвонить вечером"));
        var sold = await WrittenAsync(app, 48_213, "delivered");
        await PostbackAsync(app, 48_213, "waiting");
        await PostbackAsync(app, 48_213, "approved&summ_approved=900&currency=RUB");
        var story = await WrittenAsync(app, 48_213, "approved");
        // Repeated while it is written, its message would wait for the end of the claim.
        await PostbackAsync(app, 48_213, "approved&summ_approved=900&currency=RUB");
        // Two notes and two statuses, each announced by the cabinet.
        await app.Uon.Hooks.Calls.WaitForAsync(4, call => call.Hook.TypeId is 16 or 72, TestContext.Current.CancellationToken);
        await app.WaitUntilQuietAsync();

        var orderId = sold.Delivery("offerum").Text("orderId");
        var lead = app.Uon.Leads.Fields(48_213)!;
        Assert.Equal(
            $"Просили перезвонить вечером\nПередан в сеть, заказ {orderId} [main/lead/48213 delivered]\nОдобрен: 900 RUB [main/lead/48213 approved]", lead["notes"]!.ToString());
        Assert.Equal("900 RUB", Field(lead, 12));
        Assert.Equal("7", lead["status_id"]!.ToString());
        Assert.Single(app.Offerum.Sent("lead-48213"));
        Assert.Equal(2, Writes(app, 48_213));
        var after = (await app.OperationAsync("lead", 48_213))!.Value;
        Assert.Equal("Delivered", after.State());
        Assert.Equal("claimed sent delivered claimed sent delivered", after.Events("uon-write"));
        Assert.Equal("claimed sent delivered postback postback", after.Events("offerum"));
        Assert.Empty(story.GetProperty("allowedActions").EnumerateArray());
    }

    [Fact]
    public async Task A_key_that_may_only_read_stops_the_writing_and_nothing_else()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Told);
        app.Uon.ReadOnlyKeys.Add(UonSimulator.DefaultApiKey);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        (await app.SendWebhookAsync(1)).Dispose();

        var held = await app.WaitForAsync("main/lead/1", story => story.State("uon-write") == "Held", "hold the write-back");
        app.Uon.Leads.Put(UonRecord.Lead(2));
        (await app.SendWebhookAsync(2)).Dispose();
        await app.WaitForAsync("main/lead/2", story => story.State("uon-write") == "Held", "hold the write-back");

        Assert.Equal("Delivered", held.State());
        Assert.Equal(JsonValueKind.Null, held.GetProperty("error").ValueKind);
        Assert.Equal("uon-write-denied", held.Delivery("uon-write").GetProperty("error").Text("code"));
        Assert.Empty(held.GetProperty("allowedActions").EnumerateArray());
        Assert.Equal(["replay-send", "resolve"], held.Delivery("uon-write").GetProperty("allowedActions").EnumerateArray().Select(a => a.GetString()));
        Assert.Single(app.Offerum.Sent("lead-1"));
        Assert.Single(app.Offerum.Sent("lead-2"));
        Assert.Equal("uon-write", Assert.Single(await BreakersAsync(app)).Text("destination"));
        using var check = await app.PostAsync("pipelines/main/check", new { });
        var checks = (await check.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").EnumerateArray().ToDictionary(c => c.Text("what")!, c => c.GetProperty("ok").GetBoolean(), StringComparer.Ordinal);
        Assert.Equal((true, false, true), (checks["uon"], checks["uon-write"], checks["offerum"]));

        app.Uon.ReadOnlyKeys.Remove(UonSimulator.DefaultApiKey);
        using var resumed = await app.PostAsync("pipelines/main/resume", new { });
        await WrittenAsync(app, 1, "delivered");
        await WrittenAsync(app, 2, "delivered");
        Assert.Equal(1, Writes(app, 1));
        Assert.Single(app.Offerum.Sent("lead-1"));
    }

    [Fact]
    public async Task A_refusal_that_is_written_down_does_not_send_the_order_again()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Told);
        app.Offerum.ForSubId("lead-3").Set(OfferumReplyKind.NameError);
        app.Uon.Leads.Put(UonRecord.Lead(3));
        (await app.SendWebhookAsync(3)).Dispose();
        await WrittenAsync(app, 3, "rejected");

        (await app.SendWebhookAsync(3, eventType: 16)).Dispose();
        var story = await app.WaitForAsync("main/lead/3", s => s.Events().Split(' ').Count(e => e == "webhook") == 2, "note the webhook");
        await app.WaitUntilQuietAsync();

        Assert.Equal("Rejected", story.State());
        Assert.Single(app.Offerum.Sent("lead-3"));
        Assert.Equal("9", app.Uon.Leads.Fields(3)!["status_id"]!.ToString());
        Assert.Equal(1, Writes(app, 3));
    }

    [Fact]
    public async Task A_field_that_the_cabinet_does_not_have_is_found_out_by_reading_back()
    {
        await using var app = await PipelineApp.StartAsync(azurite, [.. Told, ("Pipelines:main:Uon:WriteBack:delivered:Field:99", "{order_id}")]);
        app.Uon.Leads.Put(UonRecord.Lead(4));
        (await app.SendWebhookAsync(4)).Dispose();

        var story = await app.WaitForAsync("main/lead/4", s => s.State("uon-write") == "Rejected", "refuse the write-back");

        Assert.Contains("custom field 99", story.Delivery("uon-write").GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.Equal("Delivered", story.State());
        app.Uon.ExtendedFields.Add(99);
        using var replayed = await app.PostAsync("operations/main/lead/4/replay", new { from = "send", destination = "uon-write" });
        replayed.EnsureSuccessStatusCode();
        await app.WaitForAsync("main/lead/4", s => s.State("uon-write") == "Delivered", "write it");
        var notes = app.Uon.Leads.Fields(4)!["notes"]!.ToString();
        Assert.Single(notes.Split('\n'));
        Assert.Single(app.Offerum.Sent("lead-4"));
    }

    [Fact]
    public async Task Outcomes_that_waited_together_are_one_write_of_the_latest_status()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Told);
        app.Uon.WriteFaults(5).Set(UonFault.ServerError, Repeat.Times(2));
        app.Uon.Leads.Put(UonRecord.Lead(5));
        (await app.SendWebhookAsync(5)).Dispose();
        await app.WaitForAsync("lead", 5, "Delivered");
        await PostbackAsync(app, 5, "approved&summ_approved=900&currency=RUB");

        await WrittenAsync(app, 5, "approved");

        var lead = app.Uon.Leads.Fields(5)!;
        Assert.Equal("7", lead["status_id"]!.ToString());
        Assert.Equal(2, lead["notes"]!.ToString().Split('\n').Length);
        Assert.Single(app.Offerum.Sent("lead-5"));
    }

    private static string? Field(System.Text.Json.Nodes.JsonObject lead, int id) =>
        lead["extended_fields"]!.AsArray().Where(field => field!["id"]!.ToString() == id.ToString(System.Globalization.CultureInfo.InvariantCulture)).Select(field => field!["value"]!.ToString()).SingleOrDefault();

    private static int Writes(PipelineApp app, long id) => app.Uon.Calls.Count(call => call is { Route: UonRoute.RequestUpdate, Status: 200 } && call.Id == id);

    private static async Task<IReadOnlyList<JsonElement>> BreakersAsync(PipelineApp app) =>
        [.. (await app.Http.GetFromJsonAsync<JsonElement>("pipelines")).GetProperty("items")[0].GetProperty("breakers").EnumerateArray()];

    /// <summary>Waits until the record has the outcome's note and the write-back is at rest.</summary>
    private static Task<JsonElement> WrittenAsync(PipelineApp app, long id, string outcome) => app.WaitForAsync(
        $"main/lead/{id}",
        story => story.State("uon-write") == "Delivered" && app.Uon.Leads.Fields(id)!["notes"]!.ToString().Contains($"/{id} {outcome}]", StringComparison.Ordinal),
        $"be written back as {outcome}");

    private static async Task PostbackAsync(PipelineApp app, long id, string status)
    {
        using var answer = await app.Http.GetAsync($"offerum/main/{PostbackSecret}/postback?subid1=lead-{id}&status={status}");
        answer.EnsureSuccessStatusCode();
    }
}
