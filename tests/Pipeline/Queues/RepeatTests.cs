using System.Net;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>Whatever comes twice is sold once.</summary>
public sealed class RepeatTests(RepeatTests.Apps apps) : IClassFixture<RepeatTests.Apps>
{
    private readonly PipelineApp _app = apps.App;

    [Fact]
    public async Task A_webhook_that_comes_a_hundred_times_at_once_makes_one_order()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(801));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _app.SendWebhookAsync(801)));
        await _app.WaitForAsync("lead", 801, "Delivered");
        await _app.WaitUntilQuietAsync();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(_app.Offerum.Sent("lead-801"));
        Assert.Equal("Delivered", (await _app.OperationAsync("lead", 801))!.Value.State());
    }

    [Fact]
    public async Task Ten_events_of_one_record_make_one_order()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(802));
        foreach (var type in new[] { 1, 16, 27, 29, 51, 53, 72, 20, 25, 31 })
        {
            using var answer = await _app.SendWebhookAsync(802, type, more: ("is_lead", "1"));
            answer.EnsureSuccessStatusCode();
        }

        await _app.WaitForAsync("lead", 802, "Delivered");
        await _app.WaitUntilQuietAsync();

        Assert.Single(_app.Offerum.Sent("lead-802"));
    }

    [Fact]
    public async Task Webhooks_while_the_record_is_waited_for_make_one_order()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(803).CompletesAfter(reads: 2));
        for (var i = 0; i < 3; i++)
        {
            using var answer = await _app.SendWebhookAsync(803);
            await _app.WaitForAsync("lead", 803, "Waiting", "Delivered");
        }

        await _app.WaitForAsync("lead", 803, "Delivered");
        await _app.WaitUntilQuietAsync();

        Assert.Single(_app.Offerum.Sent("lead-803"));
    }

    [Fact]
    public async Task Every_message_of_a_sold_record_may_come_again()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(804).CompletesAfter(reads: 1));
        _app.Offerum.ForSubId("lead-804").Set(OfferumReplyKind.ServiceUnavailable, Repeat.Once);
        using var answer = await _app.SendWebhookAsync(804);
        var before = await _app.WaitForAsync("lead", 804, "Delivered");
        await _app.WaitUntilQuietAsync();
        var sent = _app.Offerum.Sent("lead-804").Count;

        var run = before.Text("run")!;
        for (var attempt = 1; attempt <= before.GetProperty("attempt").GetInt32() + 1; attempt++)
        {
            await SendAsync(Message(804, run, attempt));
        }

        await _app.WaitUntilQuietAsync();

        Assert.Equal(2, sent);
        Assert.Equal(sent, _app.Offerum.Sent("lead-804").Count);
        Assert.Equal(before.GetRawText(), (await _app.OperationAsync("lead", 804))!.Value.GetRawText());
    }

    [Fact]
    public async Task Messages_of_passed_attempts_neither_hasten_nor_double_the_next()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(805));
        _app.Offerum.ForSubId("lead-805").Set(OfferumReplyKind.TooManyRequests, Repeat.Once);
        using var answer = await _app.SendWebhookAsync(805, pipeline: Apps.Patient);
        var waiting = await _app.WaitForAsync($"{Apps.Patient}/lead/805", "Waiting");
        var run = waiting.Text("run")!;

        for (var i = 0; i < 3; i++)
        {
            await SendAsync(Message(805, run, 1) with { Pipeline = Apps.Patient });
            await SendAsync(Message(805, run, 2) with { Pipeline = Apps.Patient });
            await SendAsync(Message(805, run, 3) with { Pipeline = Apps.Patient });
        }

        var operation = await _app.WaitForAsync($"{Apps.Patient}/lead/805", "Delivered");
        await _app.WaitUntilQuietAsync();

        var sent = _app.Offerum.Sent("lead-805");
        Assert.Equal(2, sent.Count);
        Assert.True(sent[1].At >= waiting.GetProperty("nextTryAt").GetDateTimeOffset() - TimeSpan.FromSeconds(1), operation.ToString());
    }

    [Fact]
    public async Task Messages_of_an_older_run_are_dropped()
    {
        using var first = await _app.SendWebhookAsync(806);
        var old = await _app.WaitForAsync("lead", 806, "Failed");
        _app.Uon.Leads.Put(UonRecord.Lead(806).With(UonQuirk.PhoneInWords));
        using var replayed = await _app.PostAsync("operations/main/lead/806/replay", new { from = "enrich" });
        var now = await _app.WaitForAsync("main/lead/806", story => story.ErrorCode() == "bad-phone", "be fetched again");
        await _app.WaitUntilQuietAsync();

        _app.Uon.Leads.Put(UonRecord.Lead(806));
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await SendAsync(Message(806, old.Text("run")!, attempt));
        }

        await _app.WaitUntilQuietAsync();

        Assert.NotEqual(old.Text("run"), now.Text("run"));
        Assert.Equal(now.GetRawText(), (await _app.OperationAsync("lead", 806))!.Value.GetRawText());
        Assert.Empty(_app.Offerum.Sent("lead-806"));
    }

    [Fact]
    public async Task A_copy_in_the_poison_queue_does_not_undo_a_delivery()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(807));
        using var answer = await _app.SendWebhookAsync(807);
        var before = await _app.WaitForAsync("lead", 807, "Delivered");

        foreach (var queue in new[] { QueueNames.UonRecords, OfferumDestination.QueueName })
        {
            // Nothing was given up yet, so nobody has made it.
            var poison = _app.Queue(queue + QueueNames.PoisonSuffix);
            await poison.CreateIfNotExistsAsync();
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                await poison.SendMessageAsync(StageMessageJson.Write(Message(807, before.Text("run")!, attempt)));
            }
        }

        await _app.WaitUntilQuietAsync();

        Assert.Equal(before.GetRawText(), (await _app.OperationAsync("lead", 807))!.Value.GetRawText());
    }

    [Fact]
    public async Task A_rejected_record_is_sent_again_only_when_it_has_changed()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(808));
        _app.Offerum.ForSubId("lead-808").Set(OfferumReplyKind.PhoneError, Repeat.Once);
        using var first = await _app.SendWebhookAsync(808);
        await _app.WaitForAsync("lead", 808, "Rejected");
        await _app.WaitUntilQuietAsync();

        using var same = await _app.SendWebhookAsync(808);
        await _app.WaitUntilQuietAsync();
        Assert.Single(_app.Offerum.Sent("lead-808"));

        _app.Uon.Leads.Put(UonRecord.Lead(808).WithPhone("8 999 808 00 00", "+79998080000"));
        using var changed = await _app.SendWebhookAsync(808);
        await _app.WaitForAsync("lead", 808, "Delivered");
        Assert.Equal("+79998080000", _app.Offerum.Sent("lead-808")[1].Phone);
    }

    [Fact]
    public async Task Pipelines_side_by_side_sell_one_record_each_to_its_own_flow()
    {
        _app.Offerum.Flows.Add("flowB");
        _app.Offerum.Keys.Add("another-offerum-key");
        _app.Uon.ApiKeys.Add("another-uon-key");
        _app.Uon.Leads.Put(UonRecord.Lead(809));

        var answers = await Task.WhenAll(new[] { "main", Apps.Second, Apps.Broken }.Select(pipeline => _app.SendWebhookAsync(809, pipeline: pipeline)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await _app.WaitForAsync("main/lead/809", "Delivered");
        await _app.WaitForAsync($"{Apps.Second}/lead/809", "Delivered");
        var held = await _app.WaitForAsync($"{Apps.Broken}/lead/809", "Held");

        Assert.Equal("uon-denied", held.ErrorCode());
        Assert.Equal(
            [("simulated-offerum-key", "zkVz"), ("another-offerum-key", "flowB")],
            _app.Offerum.Sent("lead-809").Select(order => (order.Key, order.Flow)).OrderByDescending(pair => pair.Key, StringComparer.Ordinal));
        Assert.Contains(_app.Uon.Calls, call => call is { Key: "another-uon-key", Id: 809, Status: 200 });
    }

    private static StageMessage Message(long id, string run, int attempt) =>
        new() { Pipeline = "main", Kind = RecordKind.Lead, Id = id, Run = run, Attempt = attempt };

    private async Task SendAsync(StageMessage message)
    {
        foreach (var queue in new[] { QueueNames.UonRecords, OfferumDestination.QueueName })
        {
            await _app.Queue(queue).SendMessageAsync(StageMessageJson.Write(message));
        }
    }

    public sealed class Apps(AzuriteFixture azurite) : SharedApp(azurite)
    {
        public const string Second = "second";
        public const string Broken = "broken";

        /// <summary>Waits long enough between two tries that a busy machine sees it wait.</summary>
        public const string Patient = "patient";

        protected override PipelineAppSetup Setup => new()
        {
            Pipelines = [PipelineApp.Name, Second, Broken, Patient],
            Settings =
            [
                ("Pipelines:main:Uon:Events", "1,16,27,29,51,53,72,20,25,31"),
                ($"Pipelines:{Second}:Uon:ApiKey", "another-uon-key"),
                ($"Pipelines:{Second}:Offerum:ApiKey", "another-offerum-key"),
                ($"Pipelines:{Second}:Offerum:Flow", "flowB"),
                ($"Pipelines:{Broken}:Uon:ApiKey", "nobody-knows-this-key"),
                ($"Pipelines:{Patient}:Offerum:Retry", "00:00:15"),
            ],
        };
    }
}
