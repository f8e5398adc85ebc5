using UonOfferum.Shared.Messaging;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>Every fail point, with everything that can be in flight there.</summary>
internal static class FailPointCases
{
    public static IReadOnlyList<FailPointCase> OfTheWebhookAndTheEnrichment { get; } =
    [
        new(FailPoints.WebhookQueued, "U-ON gets no answer and sends again")
        {
            Off = "EnrichRecord",
            When = run => FailPointRun.WithoutAnswerAsync(run.Api.SendWebhookAsync(1, run.Ends)),
            After = run => run.SendWebhooksAsync(),
        },
        new(FailPoints.EnrichJournaled, "the order is not queued yet"),
        new(FailPoints.EnrichQueued, "the order is queued, the message not completed") { Off = "SendOrder" },
        new(FailPoints.EnrichJournaled, "the next look at U-ON is not queued yet")
        {
            Given = bed => bed.Uon.Faults.Next(UonFault.ServerError),
        },
        new(FailPoints.KindFound, "the operation has moved from auto to lead, and its old row is still there")
        {
            Given = bed =>
            {
                bed.Settings[$"Pipelines:{TestBed.Pipeline}:Uon:Record"] = "auto";
                bed.Uon.Leads.Put(UonRecord.Lead(1).CompletesAfter(reads: 1));
            },
            When = async run => (await run.Api.SendWebhookAsync(1, run.Ends, eventType: null)).Dispose(),
            After = async run =>
            {
                await run.WaitForAllAsync("Delivered");
                await run.WaitUntilQuietAsync();
                await foreach (var left in run.Api.ListAsync($"pipeline={TestBed.Pipeline}&kind=auto", run.Ends))
                {
                    Assert.Fail($"This row should be gone: {left}");
                }
            },
        },
        new(FailPoints.EnrichFailedJournaled, "nobody was notified")
        {
            Given = bed => bed.Uon.Leads.Remove(1),
            State = "Failed",
            Orders = 0,
            Posts = 0,
            Notified = true,
        },
        new(FailPoints.ReconcileQueued, "one of two records that no webhook announced is queued")
        {
            SparesMessages = true,
            Given = bed =>
            {
                bed.Settings[$"Pipelines:{TestBed.Pipeline}:Reconcile:Window"] = "2.00:00:00";
                // The records are older than the start of the pipeline.
                bed.Settings[$"Pipelines:{TestBed.Pipeline}:Reconcile:From"] = "2020-01-01";
            },
            Leads = 2,
            When = run => run.Api.RunJobAsync("reconcile", run.Ends),
            After = run => run.RunJobUntilDoneAsync("reconcile"),
        },
    ];

    public static IReadOnlyList<FailPointCase> OfTheOrder { get; } =
    [
        new(FailPoints.Claimed, "hold: nobody can know that nothing was sent") { State = "Uncertain", Orders = 0, Posts = 0, Notified = true },
        new(FailPoints.Claimed, "resend: it is sent, for the first time") { Hold = false },
        new(FailPoints.Posted, "hold: the network has it, and nobody knows") { State = "Uncertain", Notified = true },
        new(FailPoints.Posted, "resend: the network's own filter tells that it has it") { Hold = false, Posts = 2 },
        new(FailPoints.ResultJournaled, "delivered"),
        new(FailPoints.ResultJournaled, "the next try is not queued yet")
        {
            Given = bed => FailPointCase.OfferumOnce(bed, OfferumReplyKind.TooManyRequests),
            Posts = 2,
        },
        new(FailPoints.ResultJournaled, "held, and the breaker is not open yet")
        {
            Given = bed => FailPointCase.OfferumOnce(bed, OfferumReplyKind.WrongKey),
            After = run => run.RunJobUntilDoneAsync("breakers"),
            Posts = 2,
        },
        new(FailPoints.RetryQueued, "the next try is queued, the message not completed")
        {
            Given = bed => FailPointCase.OfferumOnce(bed, OfferumReplyKind.TooManyRequests),
            Posts = 2,
        },
        new(FailPoints.HeldJournaled, "held because the breaker is open")
        {
            Leads = 2,
            Given = bed =>
            {
                FailPointCase.OfferumOnce(bed, OfferumReplyKind.WrongKey);
                FailProbes(bed);
            },
            Before = async run =>
            {
                (await run.Api.SendWebhookAsync(2, run.Ends)).Dispose();
                await run.Api.WaitForAsync($"{TestBed.Pipeline}/lead/2", "Held", TestTimeouts.Operation, run.Ends);
                await run.Bed.WaitForOpenBreakerAsync(run.Ends);
            },
            When = async run => (await run.Api.SendWebhookAsync(1, run.Ends)).Dispose(),
            After = async run =>
            {
                run.Bed.Offerum.CabinetReplies.Clear();
                await run.Bed.HurryProbesAsync(run.Ends);
                await run.RunJobUntilDoneAsync("breakers");
            },
            Posts = null,
        },
        new(FailPoints.GivenUpJournaled, "the failure function was not notified") { Given = Refuse, State = "Rejected", Orders = 0, Notified = true },
        new(FailPoints.GivenUpQueued, "it was notified, the message is not completed") { Given = Refuse, State = "Rejected", Orders = 0, Notified = true },
    ];

    public static IReadOnlyList<FailPointCase> OfFailuresAndOperators { get; } =
    [
        new(FailPoints.FailureJournaled, "no operator was notified yet") { Given = Refuse, State = "Rejected", Orders = 0, Notified = true },
        new(FailPoints.UnreadableKept, "somebody else's message is kept once")
        {
            Leads = 0,
            When = run => run.PutOnQueueAsync("uon-records-poison", "not a message of ours"),
            After = async run =>
            {
                var kept = 0;
                await foreach (var item in run.Api.ListAsync("state=Failed", run.Ends))
                {
                    Assert.StartsWith("unreadable/", item.GetProperty("id").GetString(), StringComparison.Ordinal);
                    kept++;
                }

                Assert.Equal(1, kept);
            },
        },
        new(FailPoints.ReplayJournaled, "the operator got no answer, and the order is not queued")
        {
            Given = Refuse,
            Before = GetRejectedAsync,
            When = run => run.PostWithoutAnswerAsync("operations/main/lead/1/replay", new { from = "send" }),
            After = run => run.RunJobUntilDoneAsync("sweep"),
            NeedsSweep = true,
            Posts = 2,
        },
        new(FailPoints.BulkPlanned, "a batch is recorded, and none of it started")
        {
            Leads = 5,
            Given = Refuse,
            Before = GetRejectedAsync,
            When = StartReplayAsync,
            After = run => run.RunJobUntilDoneAsync("replays"),
            Posts = 2,
        },
        new(FailPoints.BulkActed, "a batch is started, and the progress not written")
        {
            SparesMessages = true,
            Leads = 5,
            Given = Refuse,
            Before = GetRejectedAsync,
            When = StartReplayAsync,
            After = run => run.RunJobUntilDoneAsync("replays"),
            Posts = 2,
        },
        new(FailPoints.BackfillPlanned, "a batch of old records is recorded, and none of it enqueued")
        {
            Leads = 5,
            When = StartBackfillAsync,
            After = run => run.RunJobUntilDoneAsync("replays"),
        },
        new(FailPoints.BackfillQueued, "a batch of old records is enqueued, and the progress not written")
        {
            SparesMessages = true,
            Leads = 5,
            When = StartBackfillAsync,
            After = run => run.RunJobUntilDoneAsync("replays"),
        },
        new(FailPoints.BreakerHalfOpened, "the breaker is half-open, and nothing released")
        {
            Leads = 3,
            Given = DenyKey,
            Before = GetHeldAsync,
            When = ReleaseAsync,
            After = run => run.RunJobUntilDoneAsync("breakers"),
            Posts = null,
        },
        new(FailPoints.ReleaseJournaled, "an operation is released, and its order not queued")
        {
            Leads = 1,
            Given = DenyKey,
            Before = GetHeldAsync,
            When = ReleaseAsync,
            After = run => run.RunJobUntilDoneAsync("sweep"),
            NeedsSweep = true,
            Posts = null,
        },
    ];

    private static void Refuse(TestBed bed) => bed.Offerum.Replies.Set(OfferumReplyKind.NameError);

    private static void DenyKey(TestBed bed)
    {
        bed.Offerum.Replies.Set(OfferumReplyKind.WrongKey);
        FailProbes(bed);
    }

    /// <summary>Or a probe would find that the key is good, and release what has to be held, before the kill on a slow machine.</summary>
    private static void FailProbes(TestBed bed) => bed.Offerum.CabinetReplies.Set(OfferumReplyKind.ServerError);

    private static async Task GetRejectedAsync(FailPointRun run)
    {
        await run.SendWebhooksAsync();
        await run.WaitForAllAsync("Rejected");
        run.Bed.Offerum.Replies.Clear();
    }

    private static async Task GetHeldAsync(FailPointRun run)
    {
        await run.SendWebhooksAsync();
        await run.WaitForAllAsync("Held");
        await run.Bed.WaitForOpenBreakerAsync(run.Ends);
        run.Bed.Offerum.Replies.Clear();
    }

    private static async Task StartReplayAsync(FailPointRun run)
    {
        await run.PostAsync("replays", new { query = new { state = "Rejected" }, from = "send", perMinute = 6000 });
        await run.Api.RunJobAsync("replays", run.Ends);
    }

    private static async Task StartBackfillAsync(FailPointRun run)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await run.PostAsync("backfills", new { pipeline = TestBed.Pipeline, from = today.AddDays(-2), to = today.AddDays(1), perMinute = 6000 });
        await run.Api.RunJobAsync("replays", run.Ends);
    }

    private static async Task ReleaseAsync(FailPointRun run)
    {
        run.Bed.Offerum.CabinetReplies.Clear();
        await run.Bed.HurryProbesAsync(run.Ends);
        await run.Api.RunJobAsync("breakers", run.Ends);
    }
}
