using UonOfferum.Bench;
using UonOfferum.Shared.Chaos;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>Every pause point, with all that can be under way there.</summary>
internal static class Seams
{
    public static IReadOnlyList<Seam> OfTheWebhookAndTheEnrichment { get; } =
    [
        new(PausePoints.WebhookQueued, "U-ON gets no answer and sends again")
        {
            When = run => SeamRun.WithoutAnswerAsync(run.Api.SendWebhookAsync(1, run.Ends)),
            After = run => run.SendWebhooksAsync(),
        },
        new(PausePoints.EnrichJournaled, "the order is not queued yet"),
        new(PausePoints.EnrichQueued, "the order is queued, the message not completed"),
        new(PausePoints.EnrichJournaled, "the next look at U-ON is not queued yet")
        {
            Given = bed => bed.Uon.Faults.Next(UonFault.ServerError),
        },
        new(PausePoints.KindFound, "the operation has moved from auto to lead, and its old row is still there")
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
                await foreach (var left in run.Api.ListAsync($"pipeline={TestBed.Pipeline}&kind=auto", run.Ends))
                {
                    Assert.Fail($"This row should be gone: {left}");
                }
            },
        },
        new(PausePoints.EnrichFailedJournaled, "nobody was told")
        {
            Given = bed => bed.Uon.Leads.Remove(1),
            State = "Failed",
            Orders = 0,
            Posts = 0,
            Told = true,
        },
        new(PausePoints.ReconcileQueued, "one of two records that no webhook announced is queued")
        {
            Given = bed => bed.Settings[$"Pipelines:{TestBed.Pipeline}:Reconcile:Window"] = "2.00:00:00",
            Leads = 2,
            When = run => run.Api.RunTimerAsync("ReconcileRecords", run.Ends),
            After = run => run.RunTimerUntilDoneAsync("ReconcileRecords"),
        },
    ];

    public static IReadOnlyList<Seam> OfTheOrder { get; } =
    [
        new(PausePoints.Claimed, "hold: nobody can know that nothing was sent") { State = "Uncertain", Orders = 0, Posts = 0, Told = true },
        new(PausePoints.Claimed, "resend: it is sent, for the first time") { Hold = false },
        new(PausePoints.Posted, "hold: the network has it, and nobody knows") { State = "Uncertain", Told = true },
        new(PausePoints.Posted, "resend: the network's own filter tells that it has it") { Hold = false, Posts = 2 },
        new(PausePoints.ResultJournaled, "delivered"),
        new(PausePoints.ResultJournaled, "the next try is not queued yet")
        {
            Given = bed => Seam.OfferumOnce(bed, OfferumReplyKind.ServerError),
            Posts = 2,
        },
        new(PausePoints.ResultJournaled, "held, and the gate is not closed yet")
        {
            Given = bed => Seam.OfferumOnce(bed, OfferumReplyKind.WrongKey),
            After = run => run.RunTimerUntilDoneAsync("ReleaseHeld"),
            Posts = 2,
        },
        new(PausePoints.RetryQueued, "the next try is queued, the message not completed")
        {
            Given = bed => Seam.OfferumOnce(bed, OfferumReplyKind.ServerError),
            Posts = 2,
        },
        new(PausePoints.HeldJournaled, "held because the gate is closed")
        {
            Leads = 2,
            Given = bed => Seam.OfferumOnce(bed, OfferumReplyKind.WrongKey),
            Before = async run =>
            {
                (await run.Api.SendWebhookAsync(2, run.Ends)).Dispose();
                await run.Api.WaitForAsync($"{TestBed.Pipeline}/lead/2", "Held", TimeSpan.FromSeconds(60), run.Ends);
            },
            When = async run => (await run.Api.SendWebhookAsync(1, run.Ends)).Dispose(),
            After = async run =>
            {
                await run.Bed.HurryProbesAsync(run.Ends);
                await run.RunTimerUntilDoneAsync("ReleaseHeld");
            },
            Posts = null,
        },
        new(PausePoints.GivenUpJournaled, "the failure function was not told") { Given = Refuse, State = "Rejected", Orders = 0, Told = true },
        new(PausePoints.GivenUpQueued, "it was told, the message is not completed") { Given = Refuse, State = "Rejected", Orders = 0, Told = true },
    ];

    public static IReadOnlyList<Seam> OfFailuresAndOperators { get; } =
    [
        new(PausePoints.FailureJournaled, "no person was told yet") { Given = Refuse, State = "Rejected", Orders = 0, Told = true },
        new(PausePoints.UnreadableKept, "somebody else's message is kept once")
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
        new(PausePoints.ReplayJournaled, "the operator got no answer, and the order is not queued")
        {
            Given = Refuse,
            Before = GetRejectedAsync,
            When = run => run.PostWithoutAnswerAsync("operations/main/lead/1/replay", new { from = "send" }),
            After = run => run.RunTimerUntilDoneAsync("SweepOverdue"),
            NeedsSweep = true,
            Posts = 2,
        },
        new(PausePoints.BulkPlanned, "a handful is named, and none of it set going")
        {
            Leads = 5,
            Given = Refuse,
            Before = GetRejectedAsync,
            When = StartReplayAsync,
            After = run => run.RunTimerUntilDoneAsync("RunReplays"),
            Posts = 2,
        },
        new(PausePoints.BulkActed, "a handful is set going, and the progress not written")
        {
            Leads = 5,
            Given = Refuse,
            Before = GetRejectedAsync,
            When = StartReplayAsync,
            After = run => run.RunTimerUntilDoneAsync("RunReplays"),
            Posts = 2,
        },
        new(PausePoints.GateOpened, "the gate is open, and nothing released")
        {
            Leads = 3,
            Given = DenyKey,
            Before = GetHeldAsync,
            When = ReleaseAsync,
            After = run => run.RunTimerUntilDoneAsync("ReleaseHeld"),
            Posts = null,
        },
        new(PausePoints.ReleaseJournaled, "an operation is released, and its order not queued")
        {
            Leads = 1,
            Given = DenyKey,
            Before = GetHeldAsync,
            When = ReleaseAsync,
            After = run => run.RunTimerUntilDoneAsync("SweepOverdue"),
            NeedsSweep = true,
            Posts = null,
        },
    ];

    private static void Refuse(TestBed bed) => bed.Offerum.Replies.Set(OfferumReplyKind.NameError);

    private static void DenyKey(TestBed bed) => bed.Offerum.Replies.Set(OfferumReplyKind.WrongKey);

    private static async Task GetRejectedAsync(SeamRun run)
    {
        await run.SendWebhooksAsync();
        await run.WaitForAllAsync("Rejected");
        run.Bed.Offerum.Replies.Clear();
    }

    private static async Task GetHeldAsync(SeamRun run)
    {
        await run.SendWebhooksAsync();
        await run.WaitForAllAsync("Held");
        run.Bed.Offerum.Replies.Clear();
    }

    private static async Task StartReplayAsync(SeamRun run)
    {
        await run.PostAsync("replays", new { query = new { state = "Rejected" }, from = "send", perMinute = 6000 });
        await run.Api.RunTimerAsync("RunReplays", run.Ends);
    }

    private static async Task ReleaseAsync(SeamRun run)
    {
        await run.Bed.HurryProbesAsync(run.Ends);
        await run.Api.RunTimerAsync("ReleaseHeld", run.Ends);
    }
}
