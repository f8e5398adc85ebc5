using UonOfferum.Simulators;

namespace UonOfferum.Tests.Browser;

/// <summary>
/// An agency's day with something of everything: two pipelines, sold leads, and leads in each state that needs an operator. All people and
/// phones are invented.
/// </summary>
internal static class Scene
{
    public const string PostbackSecret = "a-postback-secret-for-tests";
    public const string Second = "turkey";

    public const long Refused = 48_251;
    public const long NotThere = 48_252;
    public const long MayHaveArrived = 48_253;
    public const long Unclear = 48_254;
    public const long Known = 48_255;
    public const long Old = 48_256;
    public const long WithoutPhone = 48_257;
    public const long Held = 48_258;

    public static async Task<PipelineApp> StartAsync(AzuriteFixture azurite, int sold = 12)
    {
        var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup
        {
            Pipelines = [PipelineApp.Name, Second],
            Settings =
            [
                .. LongCalls.Of(PipelineApp.Name),
                .. LongCalls.Of(Second),
                // Both read one cabinet: each would find the other's leads in it, and sell them.
                ($"Pipelines:{PipelineApp.Name}:Reconcile:Window", "0"),
                ($"Pipelines:{Second}:Reconcile:Window", "0"),
                ($"Pipelines:{PipelineApp.Name}:Postback:Secret", PostbackSecret),
                ($"Pipelines:{PipelineApp.Name}:Offerum:Uncertain", "hold"),
                ($"Pipelines:{PipelineApp.Name}:Uon:WaitFor", "00:00:01,00:20:00"),
                ($"Pipelines:{Second}:Offerum:Flow", "zkvz"),
            ],
        });
        var lead = 48_213L;
        for (; lead < 48_213 + sold; lead++)
        {
            await SendAsync(app, UonRecord.Lead(lead));
        }

        app.Offerum.ForSubId($"lead-{Refused}").Set(OfferumReplyKind.PhoneError);
        app.Offerum.ForSubId($"lead-{MayHaveArrived}").Set(OfferumReplyKind.TakenThenReset);
        app.Offerum.ForSubId($"lead-{Unclear}").Set(OfferumReplyKind.UnknownJson);
        app.Offerum.ForSubId($"lead-{Known}").Set(OfferumReplyKind.OkDuplicate4);
        await SendAsync(app, UonRecord.Lead(Refused).WithPhone("8 (900) 123-45-67", "+79001234567"));
        await SendAsync(app, UonRecord.Lead(MayHaveArrived));
        await SendAsync(app, UonRecord.Lead(Unclear));
        await SendAsync(app, UonRecord.Lead(Known));
        await SendAsync(app, UonRecord.Lead(Old, TimeProvider.System.GetUtcNow().AddDays(-90)));
        await SendAsync(app, UonRecord.Lead(WithoutPhone).With("client_phone", null).With("client_phone_mobile", null));
        await SendAsync(app, UonRecord.Lead(Held), Second);
        (await app.SendWebhookAsync(NotThere)).Dispose();

        await app.WaitForAsync("lead", Refused, "Rejected");
        await app.WaitForAsync("lead", MayHaveArrived, "Uncertain");
        await app.WaitForAsync("lead", Unclear, "Unconfirmed");
        await app.WaitForAsync("lead", Known, "Duplicate");
        await app.WaitForAsync("lead", Old, "Skipped");
        await app.WaitForAsync($"{Second}/lead/{Held}", "Held");
        for (var sent = 48_213L; sent < lead; sent++)
        {
            await app.WaitForAsync("lead", sent, "Delivered");
        }

        await PostbackAsync(app, 48_213, "approved&summ_approved=1150&currency=RUB");
        await PostbackAsync(app, 48_214, "declined");
        return app;
    }

    /// <summary>What the network says about a sold lead.</summary>
    /// <param name="status">And what else it adds.</param>
    public static async Task PostbackAsync(PipelineApp app, long lead, string status)
    {
        using var network = Stranger.Of(app);
        using var answer = await network.GetAsync($"offerum/{PipelineApp.Name}/{PostbackSecret}/postback?subid1=lead-{lead}&status={status}");
        answer.EnsureSuccessStatusCode();
    }

    private static async Task SendAsync(PipelineApp app, UonRecord record, string pipeline = PipelineApp.Name)
    {
        app.Uon.Leads.Put(record);
        using var answer = await app.SendWebhookAsync(record.Id, pipeline: pipeline);
        answer.EnsureSuccessStatusCode();
    }
}
