using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>The lead and the request of one person, where the settings ask for it: sold once.</summary>
public sealed class SamePersonTests(AzuriteFixture azurite)
{
    private const string Second = "second";

    private static readonly (string, string?)[] ForADay = [("Pipelines:main:Offerum:SamePerson", "1.00:00:00"), ($"Pipelines:{Second}:Offerum:SamePerson", "1.00:00:00")];

    [Fact]
    public async Task A_request_of_a_person_whose_lead_was_sold_is_skipped_and_says_which()
    {
        await using var app = await StartAsync(ForADay);
        var lead = await SellLeadAsync(app);

        using var answer = await app.SendWebhookAsync(2, eventType: 2);
        var story = await app.WaitForAsync("request", 2, "Skipped");

        Assert.Equal("same-person", story.ErrorCode());
        Assert.StartsWith("main/lead/1 ", story.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.EndsWith("enriched skipped", story.Events(), StringComparison.Ordinal);
        Assert.Equal(lead.E164, Assert.Single(app.Offerum.Orders).Phone);
    }

    [Fact]
    public async Task Two_pipelines_of_one_account_sell_a_person_once()
    {
        await using var app = await StartAsync(ForADay);
        await SellLeadAsync(app);

        using var answer = await app.SendWebhookAsync(1, pipeline: Second);
        var story = await app.WaitForAsync($"{Second}/lead/1", "Skipped");

        Assert.Equal("same-person", story.ErrorCode());
        Assert.Single(app.Offerum.Orders);
    }

    [Fact]
    public async Task Another_account_is_asked_nothing()
    {
        await using var app = await StartAsync([.. ForADay, ($"Pipelines:{Second}:Offerum:ApiKey", "another-key-of-nobody")]);
        app.Offerum.Keys.Add("another-key-of-nobody");
        app.Offerum.FilterDuplicates = false;
        await SellLeadAsync(app);

        using var answer = await app.SendWebhookAsync(1, pipeline: Second);
        await app.WaitForAsync($"{Second}/lead/1", "Delivered");

        Assert.Equal(2, app.Offerum.Orders.Count);
    }

    [Fact]
    public async Task An_order_that_was_refused_leaves_the_person_to_others()
    {
        await using var app = await StartAsync(ForADay);
        app.Offerum.ForSubId("lead-1").Set(OfferumReplyKind.NameError);
        var lead = UonRecord.Lead(1);
        app.Uon.Leads.Put(lead);
        app.Uon.Requests.Put(UonRecord.Request(2).WithPhone(lead.E164, lead.E164));
        using var first = await app.SendWebhookAsync(1);
        await app.WaitForAsync("lead", 1, "Rejected");

        using var second = await app.SendWebhookAsync(2, eventType: 2);
        await app.WaitForAsync("request", 2, "Delivered");

        // Mended now, the first one is too late: the second has the person.
        app.Offerum.ForSubId("lead-1").Set(OfferumReplyKind.Ok);
        using var again = await app.PostAsync("operations/main/lead/1/replay", new { from = "send" });
        var story = await app.WaitForAsync("lead", 1, "Skipped");
        Assert.StartsWith("main/request/2 ", story.GetProperty("error").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_tried_again_finds_the_person_its_own()
    {
        await using var app = await StartAsync(ForADay);
        app.Offerum.Replies.Next(OfferumReplyKind.ServerError, OfferumReplyKind.ServerError);

        await SellLeadAsync(app);

        Assert.Equal(3, app.Offerum.Orders.Count);
        Assert.Single(app.Offerum.Orders, order => order.Accepted);
    }

    [Fact]
    public async Task Many_records_of_one_person_at_once_make_one_order()
    {
        const int many = 20;
        await using var app = await StartAsync(ForADay);
        var phone = UonRecord.Lead(1).E164;
        for (var id = 1; id <= many; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id).WithPhone(phone, phone));
        }

        var answers = await Task.WhenAll(Enumerable.Range(1, many).Select(id => app.SendWebhookAsync(id)));
        Assert.All(answers, answer => answer.Dispose());
        var stories = new List<string>();
        for (var id = 1; id <= many; id++)
        {
            stories.Add((await app.WaitForAsync("lead", id, "Delivered", "Skipped")).State());
        }

        Assert.Single(stories, state => state == "Delivered");
        Assert.Single(app.Offerum.Orders);
    }

    [Fact]
    public async Task Without_the_setting_records_are_not_compared()
    {
        await using var app = await StartAsync([]);
        app.Offerum.FilterDuplicates = false;
        await SellLeadAsync(app);

        using var answer = await app.SendWebhookAsync(2, eventType: 2);
        await app.WaitForAsync("request", 2, "Delivered");

        Assert.Equal(2, app.Offerum.Orders.Count);
    }

    private Task<PipelineApp> StartAsync((string, string?)[] settings) =>
        PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [PipelineApp.Name, Second], Settings = settings });

    /// <summary>Lead 1 is sold; request 2 is the same person.</summary>
    private static async Task<UonRecord> SellLeadAsync(PipelineApp app)
    {
        var lead = UonRecord.Lead(1);
        app.Uon.Leads.Put(lead);
        app.Uon.Requests.Put(UonRecord.Request(2).WithPhone(lead.E164, lead.E164));
        using var answer = await app.SendWebhookAsync(1);
        await app.WaitForAsync("lead", 1, "Delivered");
        return lead;
    }
}
