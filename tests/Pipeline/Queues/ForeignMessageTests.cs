using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>Messages that are none of ours: the pipeline goes on, and nothing of them is lost.</summary>
public sealed class ForeignMessageTests(ForeignMessageTests.Strangers strangers) : IClassFixture<ForeignMessageTests.Strangers>
{
    private readonly PipelineApp _app = strangers.App;

    public static TheoryData<string, string> All => new(
        from queue in new[] { QueueNames.UonRecords, OfferumDestination.QueueName } from name in Strangers.Bodies.Keys select (queue, name));

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_message_nobody_can_read_is_listed_and_kept_byte_for_byte(string queue, string name)
    {
        var (body, problem) = Strangers.Bodies[name];

        var row = await strangers.KeptAsync(queue, body);

        Assert.Contains(problem, row.GetString("Problem"), StringComparison.Ordinal);
        var listed = await _app.Http.GetFromJsonAsync<JsonElement>("operations?state=Failed&take=500");
        var item = Assert.Single(listed.GetProperty("items").EnumerateArray(), i => i.Text("id") == $"unreadable/{queue}/{row.RowKey}");
        Assert.Equal("Failed", item.State());
        Assert.Equal("unreadable", item.ErrorCode());
        Assert.Contains(problem, item.GetProperty("error").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_go_on_among_strangers()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(701));
        using var answer = await _app.SendWebhookAsync(701);

        await _app.WaitForAsync("lead", 701, "Delivered");
    }

    [Fact]
    public async Task A_message_of_a_pipeline_that_is_gone_waits_under_its_own_id()
    {
        var operation = await _app.WaitForAsync("gone/lead/702", "Held");

        Assert.Equal("retired", operation.ErrorCode());
        Assert.Equal("gone/lead/702", Assert.Single((await _app.Http.GetFromJsonAsync<JsonElement>("operations?pipeline=gone")).GetProperty("items").EnumerateArray()).Text("id"));
    }

    [Fact]
    public async Task An_order_for_a_record_the_journal_does_not_know_is_not_sent_and_told()
    {
        var operation = await _app.WaitForAsync("lead", 703, "Failed");

        Assert.Equal("crashed", operation.ErrorCode());
        Assert.Empty(_app.Offerum.Sent("lead-703"));
    }

    public sealed class Strangers(AzuriteFixture azurite) : SharedApp(azurite)
    {
        private const string NotBase64 = "not Base64";
        private const string Run = "019abcde-0000-7000-8000-000000000001";

        public static IReadOnlyDictionary<string, (byte[] Body, string Problem)> Bodies { get; } = new Dictionary<string, (byte[], string)>(StringComparer.Ordinal)
        {
            ["text"] = (Encoding.UTF8.GetBytes("Привет, это не JSON"), "is not a JSON message"),
            ["noise"] = (Noise(48 * 1024), "is not a JSON message"),
            ["somebody else's JSON"] = (Encoding.UTF8.GetBytes("""{"orderId":7,"status":"new"}"""), "is not a JSON message"),
            [NotBase64] = (Encoding.UTF8.GetBytes("""{"not":"Base64"}"""), "is not a JSON message"),
            ["a list"] = (Encoding.UTF8.GetBytes("""[1,2,3]"""), "is not a JSON message"),
            ["null"] = (Encoding.UTF8.GetBytes("null"), "is not a JSON message"),
            ["a later version"] = (Message("\"v\":2"), "version 2"),
            ["no pipeline"] = (Message("\"pipeline\":\"\""), "pipeline"),
            ["no kind"] = (Message("\"kind\":\"offer\""), "is not a JSON message"),
            ["no number"] = (Message("\"id\":0"), "record id"),
            ["no attempt"] = (Message("\"attempt\":0"), "attempt"),
            ["no run"] = (Message("\"run\":\"yesterday\""), "run"),
        };

        /// <summary>All five tries of a message at once.</summary>
        protected override PipelineAppSetup Setup => new() { Settings = [("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:00")] };

        protected override async Task FillAsync()
        {
            foreach (var queue in new[] { QueueNames.UonRecords, OfferumDestination.QueueName })
            {
                await App.Queue(queue).CreateIfNotExistsAsync();
                foreach (var (name, (body, _)) in Bodies)
                {
                    await App.Queue(queue, name == NotBase64 ? QueueMessageEncoding.None : QueueMessageEncoding.Base64).SendMessageAsync(new BinaryData(body));
                }
            }

            var message = new StageMessage { Pipeline = "gone", Kind = RecordKind.Lead, Id = 702, Run = RunId.New(TimeProvider.System), Attempt = 1 };
            await App.Queue(QueueNames.UonRecords).SendMessageAsync(StageMessageJson.Write(message));
            await App.Queue(OfferumDestination.QueueName).SendMessageAsync(StageMessageJson.Write(message with { Pipeline = "main", Id = 703 }));
        }

        internal async Task<TableEntity> KeptAsync(string queue, byte[] body)
        {
            var kept = App.Journal.QueryAsync<TableEntity>(row => row.PartitionKey == $"unreadable|{queue}");
            return (await Eventually.GetAsync(
                async () => await kept.FirstOrDefaultAsync(row => row.GetBinary("Body").AsSpan().SequenceEqual(body)), row => row is not null))!;
        }

        /// <summary>One of our messages with one property replaced.</summary>
        private static byte[] Message(string replacement)
        {
            var sound = "\"v\":1,\"pipeline\":\"main\",\"kind\":\"lead\",\"id\":5,\"run\":\"" + Run + "\",\"attempt\":1";
            var name = replacement[..(replacement.IndexOf(':', StringComparison.Ordinal) + 1)];
            return Encoding.UTF8.GetBytes("{" + string.Join(',', sound.Split(',').Select(p => p.StartsWith(name, StringComparison.Ordinal) ? replacement : p)) + "}");
        }

        private static byte[] Noise(int length)
        {
            var noise = new byte[length];
            new Random(length).NextBytes(noise);
            return noise;
        }
    }
}
