using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>The lead and the request of one client, where the settings ask for it: sold once.</summary>
public sealed class DuplicateLeadTests(AzuriteFixture azurite)
{
    private const string Second = "second";

    private static readonly (string, string?)[] ForADay = [("Pipelines:main:Offerum:SamePerson", "1.00:00:00"), ($"Pipelines:{Second}:Offerum:SamePerson", "1.00:00:00")];

    [Fact]
    public async Task A_request_whose_lead_was_sold_is_skipped_and_names_the_owner()
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
    public async Task Two_pipelines_of_one_account_sell_a_phone_once_whatever_their_keys()
    {
        await using var app = await StartAsync([.. ForADay, ($"Pipelines:{Second}:Offerum:ApiKey", "another-key-of-nobody")]);
        app.Offerum.Keys.Add("another-key-of-nobody");
        await SellLeadAsync(app);

        using var answer = await app.SendWebhookAsync(2, eventType: 2, pipeline: Second);
        var story = await app.WaitForAsync($"{Second}/request/2", "Skipped");

        Assert.Equal("same-person", story.ErrorCode());
        Assert.Single(app.Offerum.Orders);
    }

    [Fact]
    public async Task Another_account_is_asked_nothing()
    {
        await using var app = await StartAsync([.. ForADay, ($"Pipelines:{Second}:Offerum:Account", "another")]);
        app.Offerum.FilterDuplicates = false;
        await SellLeadAsync(app);

        using var answer = await app.SendWebhookAsync(1, pipeline: Second);
        await app.WaitForAsync($"{Second}/lead/1", "Delivered");

        Assert.Equal(2, app.Offerum.Orders.Count);
    }

    [Fact]
    public async Task A_refused_order_releases_the_phone_number()
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

        // Fixed now, the first one is too late: the second owns the phone number.
        app.Offerum.ForSubId("lead-1").Set(OfferumReplyKind.Ok);
        using var again = await app.PostAsync("operations/main/lead/1/replay", new { from = "send" });
        var story = await app.WaitForAsync("lead", 1, "Skipped");
        Assert.StartsWith("main/request/2 ", story.GetProperty("error").Text("message"), StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task A_lead_skipped_for_an_open_one_is_sold_when_that_is_refused()
    {
        await using var app = await StartAsync([.. ForADay, ("Pipelines:main:Offerum:Retry", "00:01:00,00:00:01")]);
        var (lead, order) = (UonRecord.Lead(1), app.Offerum.ForSubId("lead-1"));
        app.Uon.Leads.Put(lead);
        app.Uon.Requests.Put(UonRecord.Request(2).WithPhone(lead.E164, lead.E164));
        order.Set(OfferumReplyKind.NameError).Next(OfferumReplyKind.TooManyRequests);
        using var first = await app.SendWebhookAsync(1);
        await app.WaitForAsync("lead", 1, "Waiting");
        using var second = await app.SendWebhookAsync(2, eventType: 2);
        await app.WaitForAsync("main/request/2", o => o.Events().Contains("skipped", StringComparison.Ordinal), "be skipped");

        await app.WaitForAsync("request", 2, "Delivered");

        Assert.Equal("Rejected", (await app.OperationAsync("lead", 1))!.Value.State());
    }

    [Fact]
    public async Task One_record_by_two_pipelines_of_one_cabinet_is_one_order()
    {
        await using var app = await StartAsync([]);
        app.Offerum.FilterDuplicates = false;
        app.Uon.Leads.Put(UonRecord.Lead(1));

        var answers = await Task.WhenAll(app.SendWebhookAsync(1), app.SendWebhookAsync(1, pipeline: Second));
        Assert.All(answers, answer => answer.Dispose());
        string[] names = [PipelineApp.Name, Second];
        var stories = await Task.WhenAll(names.Select(name => app.WaitForAsync($"{name}/lead/1", "Delivered", "Skipped")));

        var skipped = Assert.Single(stories, story => story.State() == "Skipped");
        Assert.Equal("same-record", skipped.ErrorCode());
        Assert.StartsWith($"{stories.Single(s => s.State() == "Delivered").Text("id")} ", skipped.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.Single(app.Offerum.Orders);
    }

    [Fact]
    public async Task One_setting_lets_each_pipeline_sell_the_record()
    {
        await using var app = await StartAsync([("Pipelines:main:Offerum:SameRecord", "send"), ($"Pipelines:{Second}:Offerum:SameRecord", "send")]);
        app.Offerum.FilterDuplicates = false;
        app.Uon.Leads.Put(UonRecord.Lead(1));

        using var first = await app.SendWebhookAsync(1);
        using var second = await app.SendWebhookAsync(1, pipeline: Second);
        await app.WaitForAsync("lead", 1, "Delivered");
        await app.WaitForAsync($"{Second}/lead/1", "Delivered");

        Assert.Equal(2, app.Offerum.Orders.Count);
    }

    [Fact]
    public async Task A_second_pipeline_knows_what_the_first_sold_while_alone()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        app.Offerum.FilterDuplicates = false;
        app.Uon.Leads.Put(UonRecord.Lead(1));
        using var first = await app.SendWebhookAsync(1);
        await app.WaitForAsync("lead", 1, "Delivered");

        await app.StopHostAsync();
        app.AddPipeline(Second);
        await app.StartHostAsync();
        using var second = await app.SendWebhookAsync(1, pipeline: Second);
        var story = await app.WaitForAsync($"{Second}/lead/1", "Delivered", "Skipped");

        Assert.Equal("same-record", story.ErrorCode());
        Assert.Single(app.Offerum.Orders);
    }

    [Fact]
    public async Task A_retried_order_still_owns_its_phone_number()
    {
        await using var app = await StartAsync(ForADay);
        app.Offerum.Replies.Next(OfferumReplyKind.ServerError, OfferumReplyKind.ServerError);

        await SellLeadAsync(app);

        Assert.Equal(3, app.Offerum.Orders.Count);
        Assert.Single(app.Offerum.Orders, order => order.Accepted);
    }

    [Fact]
    public async Task Many_records_of_one_phone_at_once_make_one_order()
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

    /// <summary>Lead 1 is sold; request 2 has the same phone number.</summary>
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
