using UonOfferum.Shared.Messaging;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>The verdict is written back; every kill leaves one note, one field and one order.</summary>
internal static class WriteBackFailPointCases
{
    public static IReadOnlyList<FailPointCase> All { get; } =
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

                // The key may not write, so every probe fails.
                await run.Bed.WaitForOpenBreakerAsync(run.Ends);
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
}
