using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Testing.Cpu;

/// <summary>One thing a lead makes the processor do, without I/O.</summary>
public sealed record PurePart(string Name, Func<object?> Run)
{
    public override string ToString() => Name;
}

/// <summary>
/// The pure parts on a lead's way, in its order. Compiled into the benchmarks, which tell their times, and into the unit tests, which
/// hold their allocations to <c>bench/baseline.json</c>.
/// </summary>
public static class PureParts
{
    private const int RecordBytes = 60 * 1024;

    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<PurePart> All { get; } = Make();

    private static PurePart[] Make()
    {
        var pipeline = ReadPipeline();
        var settings = pipeline.Get<OfferumSettings>();
        var webhook = Encoding.UTF8.GetBytes("uon_id=67054&type_id=1&request_id=48213&client%5Bu_name%5D=%D0%98%D0%B2%D0%B0%D0%BD&client%5Bu_phone_mobile%5D=%2B79001234567");
        var record = Record();
        var small = Reply(record);
        var large = Reply(record.Padded(RecordBytes));
        var document = ((UonReply.Found)UonReplyReader.Read(HttpStatusCode.OK, "application/json", large, RecordKind.Lead, null)).Document;
        var enriched = Enriched(pipeline.Fields.Read(document));
        var delivered = Delivered(enriched);
        var claim = new Claim { Destination = "offerum", Owner = "0123456789abcdef", LeaseUntil = Now, Sends = 1 };
        var answer = """{"status":"ok","order_id":1489733001,"additional_status":0}"""u8.ToArray();
        var message = Message();
        var body = StageMessageJson.Write(message);
        var row = JournalRows.Write(delivered, "r|1", whole: true);
        return
        [
            new("webhook, form", () => UonWebhookFunction.Webhook.UonWebhook.From(Form(webhook))),
            new("message, write", () => StageMessageJson.Write(message)),
            new("message, read", () => StageMessageJson.Read(body, out _)),
            new("U-ON reply, 2 KiB", () => UonReplyReader.Read(HttpStatusCode.OK, "application/json", small, RecordKind.Lead, null)),
            new("U-ON reply, 60 KiB", () => UonReplyReader.Read(HttpStatusCode.OK, "application/json", large, RecordKind.Lead, null)),
            new("fields of a 60 KiB record", () => pipeline.Fields.Read(document)),
            new("phone", () => PhoneNumber.TryRead("8 (900) 123-45-67", "RU", out var phone) ? phone.E164 : null),
            new("journal batch, insert", () => JournalBatch.Insert(enriched, "0123456789abcdef0123456789abcdef")),
            new("journal row, read", () => JournalRows.Read(row)),
            new("journal batch, result and claim", () => JournalBatch.Update(enriched, default, "0123456789abcdef0123456789abcdef", delivered, "0123456789abcdef0123456789abcdef", claim)),
            new("order form", () => UonOfferum.OfferumSenderFunction.OfferumOrder.Of(enriched, settings)),
            new("Offerum reply", () => OfferumReplyReader.Read(HttpStatusCode.OK, answer, null)),
            new("delivery result", () => DeliveryResults.Apply(enriched, "offerum", settings.Policy, new DeliveryReply(DeliveryOutcome.Delivered) { OrderId = "1489733001", Status = 200 }, Now, 0.5)),
        ];
    }

    private static IReadOnlyDictionary<string, string> Form(byte[] body)
    {
        // Completes at once: only a multipart form is read in steps.
        var reading = WebhookBody.AddToAsync([], body, "application/x-www-form-urlencoded", CancellationToken.None);
        return reading.IsCompletedSuccessfully ? reading.Result.Fields! : throw new InvalidOperationException("A form is read in one go.");
    }

    private static Pipeline ReadPipeline()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Pipelines:main:Webhook:Secret"] = "a-webhook-secret-for-benchmarks",
            ["Pipelines:main:Uon:ApiKey"] = "key",
            ["Pipelines:main:Offerum:ApiKey"] = "key",
            ["Pipelines:main:Offerum:Flow"] = "zkVz",
        }).Build();
        return PipelineReader.Read(configuration, [],
        [
            new SettingsPart(UonSettings.Section, (reader, _) => UonSettings.Read(reader)),
            new SettingsPart(OfferumSettings.Section, OfferumSettings.Read),
        ]).Get("main");
    }

    private static UonRecord Record() => UonRecord.Lead(48213, Now);

    private static byte[] Reply(UonRecord record) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["result"] = 200, ["lead"] = new JsonArray(record.ToJson()) }.ToJsonString());

    private static StageMessage Message() => new()
    {
        Pipeline = "main",
        Kind = RecordKind.Lead,
        Id = 48213,
        Run = "0196a7f0-7b1c-7d0a-8f00-5b2f4f6e9a10",
        Attempt = 1,
        Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        Webhook = new WebhookMetadata { EventType = 1, ReceivedAt = Now },
    };

    private static Operation Enriched(RecordFields fields) => new Operation
    {
        Id = new OperationId("main", RecordKind.Lead, 48213),
        Run = "0196a7f0-7b1c-7d0a-8f00-5b2f4f6e9a10",
        Attempt = 2,
        Enrichment = EnrichmentState.Enriched,
        ReceivedAt = Now,
        UpdatedAt = Now,
        Fields = fields,
        Deliveries = [new Delivery { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 }],
        Webhook = Message().Webhook,
    }.WithEvent(Now, EventNames.Webhook, "type_id 1").WithEvent(Now, EventNames.Fetched, "lead").WithEvent(Now, EventNames.Enriched);

    private static Operation Delivered(Operation enriched) => enriched
        .With(enriched.Deliveries[0] with { State = DeliveryState.Delivered, OrderId = "1489733001", ReplyStatus = 200, ReplyBody = """{"status":"ok","order_id":1489733001}""" })
        .WithEvent(Now, EventNames.Sent, "HTTP 200").WithEvent(Now, EventNames.Delivered, "order 1489733001");
}
