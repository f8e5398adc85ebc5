using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.CircuitBreakers;

/// <summary>The whole app, without the timer that looks at breakers every half minute.</summary>
public sealed class QuickRecoveryTests(AzuriteFixture azurite)
{
    private const int Leads = 15;

    [Fact]
    public async Task After_an_outage_what_was_held_goes_on_without_the_timer()
    {
        await using var app = await PipelineApp.StartAsync(
            azurite, ("AzureWebJobs.RunJobs.Disabled", "true"), ("Pipelines:main:Offerum:Retry", "01:00:00,01:00:00"));
        app.Offerum.Replies.Set(OfferumReplyKind.WrongFlow);
        for (var id = 1; id <= Leads; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            (await app.SendWebhookAsync(id)).Dispose();
        }

        for (var id = 1; id <= Leads; id++)
        {
            await app.WaitForAsync("lead", id, "Held");
        }

        app.Offerum.Replies.Clear();
        for (var id = 1; id <= Leads; id++)
        {
            await app.WaitForAsync("lead", id, "Delivered");
        }

        Assert.Equal(Leads, app.Offerum.AcceptedBySubId().Count);
    }

    [Fact]
    public async Task Five_differently_failing_leads_do_not_hold_the_next()
    {
        await using var app = await PipelineApp.StartAsync(azurite, ("Pipelines:main:Offerum:Retry", "00:00:01,01:00:00"));
        OfferumReplyKind[] troubles =
            [OfferumReplyKind.ServerError, OfferumReplyKind.BadGateway, OfferumReplyKind.ServiceUnavailable, OfferumReplyKind.TooManyRequests, OfferumReplyKind.ResetBeforeReading];
        for (var id = 1; id <= troubles.Length; id++)
        {
            app.Offerum.ForSubId($"lead-{id}").Set(troubles[id - 1]);
            app.Uon.Leads.Put(UonRecord.Lead(id));
            (await app.SendWebhookAsync(id)).Dispose();
        }

        for (var id = 1; id <= troubles.Length; id++)
        {
            await app.WaitForAsync("lead", id, "Waiting", "Uncertain");
        }

        app.Uon.Leads.Put(UonRecord.Lead(100));
        (await app.SendWebhookAsync(100)).Dispose();
        var story = await app.WaitForAsync("lead", 100, "Delivered");

        Assert.DoesNotContain("held", story.Events(), StringComparison.Ordinal);
    }
}
