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
            When = run => FailPointRun.WithoutAnswerAsync(run.Api.SendWebhookAsync(1, run.Ends)),
            After = run => run.SendWebhooksAsync(),
        },
        new(FailPoints.EnrichJournaled, "the order is not queued yet"),
        new(FailPoints.EnrichQueued, "the order is queued, the message not completed"),
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
            Given = bed => FailPointCase.OfferumOnce(bed, OfferumReplyKind.WrongKey),
            Before = async run =>
            {
                (await run.Api.SendWebhookAsync(2, run.Ends)).Dispose();
                await run.Api.WaitForAsync($"{TestBed.Pipeline}/lead/2", "Held", TestTimeouts.Operation, run.Ends);
                await run.Bed.PutOffProbesAsync(run.Ends);
            },
            When = async run => (await run.Api.SendWebhookAsync(1, run.Ends)).Dispose(),
            After = async run =>
            {
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

    /// <summary>The verdict is written back; every kill leaves one note, one field and one order.</summary>
    public static IReadOnlyList<FailPointCase> OfTheWriteBack { get; } =
    [
        WriteBack(FailPoints.PostbackJournaled, "the network gets no answer and says it again", run => run.PostbackAsync()),
        WriteBack(FailPoints.PostbackJournaled, "the network never says it again", run => run.RunJobUntilWrittenAsync("sweep")) with { NeedsSweep = true },
        WriteBack(FailPoints.Claimed, "nothing is written yet"),
        WriteBack(FailPoints.Posted, "U-ON has it, and the journal does not know"),
        WriteBack(FailPoints.ResultJournaled, "written, the message not completed"),
        WriteBack(FailPoints.RetryQueued, "the next try is queued, the message not completed") with
        {
            Given = bed =>
            {
                TellUon(bed);
                bed.Uon.WriteFaults(1).Set(UonFault.ServerError, Repeat.Once);
            },
        },
        WriteBack(FailPoints.GivenUpJournaled, "refused, and an operator sends it again before anybody was notified", SendAgainAsync) with { Given = RefuseWriteOnce },
        WriteBack(FailPoints.GivenUpQueued, "refused, notified, the message not completed", SendAgainAsync) with { Given = RefuseWriteOnce },
        WriteBack(FailPoints.HeldJournaled, "held because the key may not write", async run =>
        {
            run.Bed.Uon.ReadOnlyKeys.Remove(UonSimulator.DefaultApiKey);
            await run.Bed.HurryProbesAsync(run.Ends);
            await run.RunJobUntilWrittenAsync("breakers");
        }) with
        {
            Leads = 2,
            Before = async run =>
            {
                await run.SendWebhooksAsync();
                await run.WaitForAllAsync("Delivered");
                run.Bed.Uon.ReadOnlyKeys.Add(UonSimulator.DefaultApiKey);
                await run.PostbackAsync(lead: 2);
                await run.WaitForWriteBackAsync(2, "Held");
                await run.Bed.PutOffProbesAsync(run.Ends);
            },
        },
    ];

    private static Task SendAgainAsync(FailPointRun run) => run.PostAsync("operations/main/lead/1/replay", new { from = "send", destination = "uon-write" });

    private static void RefuseWriteOnce(TestBed bed)
    {
        TellUon(bed);
        bed.Uon.WriteFaults(1).Set(UonFault.MissingWithStatus404, Repeat.Once);
    }

    private static FailPointCase WriteBack(string point, string words, Func<FailPointRun, Task>? after = null) => new(point, $"write-back: {words}")
    {
        Given = TellUon,
        Before = async run =>
        {
            await run.SendWebhooksAsync();
            await run.WaitForAllAsync("Delivered");
        },
        When = run =>
        {
            _ = run.PostbackAsync().ContinueWith(postback => postback.Exception, TaskScheduler.Default);
            return Task.CompletedTask;
        },
        After = async run =>
        {
            if (after is not null)
            {
                await after(run);
            }

            await run.WaitUntilWrittenAsync();
            var lead = run.Bed.Uon.Leads.Fields(1)!;
            Assert.Equal("Одобрено: 900 RUB [main/lead/1 approved]", lead["notes"]!.ToString());
            Assert.Equal("900 RUB", lead["extended_fields"]!.AsArray().Single(field => field!["id"]!.ToString() == "12")!["value"]!.ToString());
            Assert.Single(run.Bed.Uon.Calls, call => call is { Route: UonRoute.RequestUpdate, Status: 200, Id: 1 });
        },
    };

    private static void TellUon(TestBed bed)
    {
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Postback:Secret"] = FailPointRun.PostbackSecret;
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Uon:WriteBack:approved:Note"] = "Одобрено: {payout} {currency}";
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Uon:WriteBack:approved:Field:12"] = "{payout} {currency}";
    }

    private static void Refuse(TestBed bed) => bed.Offerum.Replies.Set(OfferumReplyKind.NameError);

    private static void DenyKey(TestBed bed) => bed.Offerum.Replies.Set(OfferumReplyKind.WrongKey);

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
        await run.Bed.HurryProbesAsync(run.Ends);
        await run.Api.RunJobAsync("breakers", run.Ends);
    }
}
