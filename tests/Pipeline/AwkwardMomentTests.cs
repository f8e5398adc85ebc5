using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline;

/// <summary>Sequences of events in which a lead could have been forgotten.</summary>
public sealed class AwkwardMomentTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_bulk_replay_ends_although_some_of_its_operations_cannot_be_sent()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        for (var id = 1; id <= 25; id++)
        {
            (await app.SendWebhookAsync(id)).Dispose();
        }

        app.Offerum.Replies.Set(OfferumReplyKind.NameError);
        app.Uon.Leads.Put(UonRecord.Lead(100));
        (await app.SendWebhookAsync(100)).Dispose();
        await app.WaitForAsync("lead", 100, "Rejected");
        for (var id = 1; id <= 25; id++)
        {
            await app.WaitForAsync("lead", id, "Failed");
        }

        app.Offerum.Replies.Clear();
        using var answer = await app.Http.PostAsJsonAsync("replays", new { query = new { }, from = "send", perMinute = 6000 });
        var replay = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        JsonElement view;
        do
        {
            await app.RunJobAsync("replays");
            view = await app.Http.GetFromJsonAsync<JsonElement>($"replays/{replay}", TestContext.Current.CancellationToken);
        }
        while (view.GetProperty("state").GetString() == "Running");

        Assert.Equal(25, view.GetProperty("refused").GetInt32());
        Assert.Equal(1, view.GetProperty("done").GetInt32());
        await app.WaitForAsync("lead", 100, "Delivered");
    }

    [Fact]
    public async Task A_newer_webhook_that_crashed_is_told_although_its_lead_rested()
    {
        await using var app = await PipelineApp.StartAsync(
            azurite, ("Pipelines:main:Filter:0:Field", "status_id"), ("Pipelines:main:Filter:0:In", "999999"));
        app.Uon.Leads.Put(UonRecord.Lead(7));
        (await app.SendWebhookAsync(7)).Dispose();
        await app.WaitForAsync("lead", 7, "Skipped");

        var run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await app.Queue("uon-records-poison").CreateIfNotExistsAsync();
        await app.Queue("uon-records-poison").SendMessageAsync(
            $$"""{"v":1,"pipeline":"main","kind":"lead","id":7,"run":"{{run}}","attempt":1,"webhook":{"eventType":1,"receivedAt":"2026-11-23T20:00:00Z"} }""");

        var operation = await app.WaitForAsync("lead", 7, "Failed");
        Assert.Equal("crashed", operation.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_rejected_lead_corrected_in_U_ON_is_retried_although_U_ON_failed()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        app.Offerum.Replies.Set(OfferumReplyKind.NameError);
        app.Uon.Leads.Put(UonRecord.Lead(7));
        (await app.SendWebhookAsync(7)).Dispose();
        await app.WaitForAsync("lead", 7, "Rejected");

        app.Offerum.Replies.Clear();
        app.Uon.Leads.Put(UonRecord.Lead(7).With("client_name", "Исправленное"));
        app.Uon.Faults.Next(UonFault.ServerError);
        (await app.SendWebhookAsync(7)).Dispose();

        await app.WaitForAsync("lead", 7, "Delivered");
    }

    [Fact]
    public async Task An_operator_who_resumes_too_early_costs_a_few_orders_and_no_lead()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        app.Offerum.Replies.Set(OfferumReplyKind.WrongFlow);
        // Or the timer would find that the flow is good, and try further orders on a busy machine.
        app.Offerum.CabinetReplies.Set(OfferumReplyKind.ServerError);
        for (var id = 1; id <= 10; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            (await app.SendWebhookAsync(id)).Dispose();
        }

        for (var id = 1; id <= 10; id++)
        {
            await app.WaitForAsync("lead", id, "Held");
        }

        Assert.InRange(app.Offerum.Orders.Count, 1, 3);
        app.Offerum.CabinetReplies.Clear();
        var resume = await app.Http.PostAsync("pipelines/main/resume", null);
        Assert.Equal(System.Net.HttpStatusCode.OK, resume.StatusCode);
        for (var id = 1; id <= 10; id++)
        {
            await app.WaitForAsync("lead", id, "Held");
        }

        app.Offerum.Replies.Clear();
        await app.Http.PostAsync("pipelines/main/resume", null);
        for (var id = 1; id <= 10; id++)
        {
            await app.WaitForAsync("lead", id, "Delivered");
        }

        Assert.All(app.Offerum.AcceptedBySubId(), orders => Assert.Equal(1, orders.Value));
    }
}
