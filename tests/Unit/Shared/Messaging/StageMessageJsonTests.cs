using System.Text;
using CsCheck;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Messaging;

public sealed class StageMessageJsonTests
{
    private const string Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void A_delivery_message_is_exactly_the_contract() =>
        Assert.Equal(
            $$"""{"v":1,"pipeline":"main","kind":"lead","id":48213,"run":"{{Some.Run}}","attempt":2,"traceparent":"{{Traceparent}}"}""",
            StageMessageJson.Write(Some.Message(attempt: 2) with { Traceparent = Traceparent }).ToString());

    [Fact]
    public void A_record_message_also_has_what_the_webhook_said()
    {
        var message = Some.Message() with
        {
            Kind = RecordKind.Auto,
            Webhook = new WebhookMetadata { EventType = 1, ReceivedAt = Some.Now, Client = new Dictionary<string, string> { ["u_phone"] = "79000000001" } },
        };

        Assert.Equal(
            """{"v":1,"pipeline":"main","kind":"auto","id":48213,"run":"RUN","attempt":1,"webhook":{"eventType":1,"receivedAt":"2026-03-02T10:00:00+00:00","reconciled":false,"client":{"u_phone":"79000000001"}}}""".Replace("RUN", Some.Run),
            StageMessageJson.Write(message).ToString());
    }

    [Fact]
    public void A_message_comes_back_as_it_was() =>
        Gen.Select(Gen.OneOf(Enum.GetValues<RecordKind>()), Gen.Long[1, OperationId.MaxRecordId], Gen.Int[1, int.MaxValue], Gen.Bool, Texts.OrNull(200))
            .Sample((kind, id, attempt, traced, client) =>
            {
                var message = new StageMessage
                {
                    Pipeline = "agency-2",
                    Kind = kind,
                    Id = id,
                    Run = Some.Run,
                    Attempt = attempt,
                    Traceparent = traced ? Traceparent : null,
                    Webhook = client is null ? null : new WebhookMetadata
                    {
                        EventType = traced ? 34 : null,
                        ReceivedAt = Some.Now,
                        Reconciled = traced,
                        Client = new Dictionary<string, string> { ["u_name"] = client },
                    },
                };

                var read = StageMessageJson.Read(StageMessageJson.Write(message), out var problem);

                Assert.Null(problem);
                Assert.Equal(message.Webhook?.Client, read?.Webhook?.Client);
                Assert.Equal(message with { Webhook = null }, read! with { Webhook = null });
                Assert.Equal(message.Webhook is { } m ? m with { Client = null } : null, read.Webhook is { } r ? r with { Client = null } : null);
            });

    [Fact]
    public void The_longest_message_fits_a_queue()
    {
        // 64 KiB of Base64 hold 48 KiB; every letter of the five client values may be written as six bytes.
        var client = new[] { "u_surname", "u_name", "u_phone_mobile", "u_phone", "u_email" }.ToDictionary(n => n, _ => new string('я', 200));
        var message = Some.Message() with { Traceparent = Traceparent, Webhook = new WebhookMetadata { EventType = 34, ReceivedAt = Some.Now, Client = client } };

        Assert.True(StageMessageJson.Write(message).ToMemory().Length < 48 * 1024);
    }

    [Fact]
    public void A_later_version_may_add_what_this_one_does_not_know() =>
        Assert.NotNull(Read($$"""{"v":1,"pipeline":"main","kind":"lead","id":"48213","run":"{{Some.Run}}","attempt":1,"colour":"red"}"""));

    [Theory]
    [InlineData("", "is not a JSON message")]
    [InlineData("bnVsbA==", "is JSON null")]
    [InlineData("[]", "is not a JSON message")]
    [InlineData("{}", "is not a JSON message")]
    [InlineData("<html>", "is not a JSON message")]
    [InlineData("""{"v":2,"pipeline":"main","kind":"lead","id":1,"run":"RUN","attempt":1}""", "has version 2; this app reads version 1")]
    [InlineData("""{"v":1,"pipeline":"","kind":"lead","id":1,"run":"RUN","attempt":1}""", "has no valid pipeline name")]
    [InlineData("""{"v":1,"pipeline":null,"kind":"lead","id":1,"run":"RUN","attempt":1}""", "has no valid pipeline name")]
    [InlineData("""{"v":1,"pipeline":"main/lead#1","kind":"lead","id":1,"run":"RUN","attempt":1}""", "has no valid pipeline name")]
    [InlineData("""{"v":1,"pipeline":"a123456789a123456789a123456789a123456789x","kind":"lead","id":1,"run":"RUN","attempt":1}""", "has no valid pipeline name")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"client","id":1,"run":"RUN","attempt":1}""", "is not a JSON message")]
    [InlineData("""{"v":1,"pipeline":"main","kind":1,"id":1,"run":"RUN","attempt":1}""", "is not a JSON message")]
    [InlineData("""{"v":1,"pipeline":"main","kind":null,"id":1,"run":"RUN","attempt":1}""", "is not a JSON message")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"lead","id":0,"run":"RUN","attempt":1}""", "has no valid record id")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"lead","id":1000000000000000000,"run":"RUN","attempt":1}""", "has no valid record id")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"lead","id":1,"run":"RUN","attempt":0}""", "has no valid attempt")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"lead","id":1,"run":null,"attempt":1}""", "has a run that is not a lower-case UUID")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"lead","id":1,"run":"yesterday","attempt":1}""", "has a run that is not a lower-case UUID")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"lead","id":1,"run":"0195000A-0000-7000-8000-000000000002","attempt":1}""", "has a run that is not a lower-case UUID")]
    [InlineData("""{"v":1,"pipeline":"main","kind":"lead","id":1,"run":"RUN","attempt":1,"webhook":{}}""", "has no valid arrival time")]
    public void A_body_that_is_none_of_ours_is_explained(string body, string expected)
    {
        Assert.Null(StageMessageJson.Read(new BinaryData(body.Replace("RUN", Some.Run)), out var problem));
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_never_repeats_the_body()
    {
        Assert.Null(StageMessageJson.Read(new BinaryData("""{"phone":"+79000000001"}"""), out var problem));

        Assert.DoesNotContain("7900", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_never_throws_and_always_has_a_reason() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], Mutilated).Sample(
            bytes => Assert.Equal(StageMessageJson.Read(new BinaryData(bytes), out var problem) is null, problem is not null),
            iter: 2_000);

    /// <summary>A message with one byte changed and its end cut off: broken UTF-8, broken escapes, wrong types.</summary>
    private static Gen<byte[]> Mutilated => Gen.Select(Gen.Int[0, 160], Gen.Byte, Gen.Int[0, 200]).Select((at, value, cut) =>
    {
        var bytes = Encoding.UTF8.GetBytes(
            """{"v":1,"pipeline":"main","kind":"lead","id":48213,"run":"RUN","attempt":2,"webhook":{"receivedAt":"2026-03-02T10:00:00+00:00","client":{"u_name":"\ud83d\ude00я"}}}""".Replace("RUN", Some.Run));
        bytes[at] = value;
        return cut > 100 ? bytes : bytes[..^cut];
    });

    private static StageMessage? Read(string body) => StageMessageJson.Read(new BinaryData(body), out _);
}
