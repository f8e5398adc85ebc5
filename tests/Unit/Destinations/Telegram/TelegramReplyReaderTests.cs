using System.Net;
using System.Text;
using CsCheck;
using UonOfferum.Destinations.Telegram;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Destinations.Telegram;

public sealed class TelegramReplyReaderTests
{
    [Theory]
    [InlineData(200, """{"ok":true,"result":{"message_id":77,"chat":{"id":-1}}}""", DeliveryOutcome.Delivered, "77")]
    [InlineData(200, """{"ok":true,"result":true}""", DeliveryOutcome.Delivered, null)]
    [InlineData(200, """{"result":{"message_id":77}}""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "<html>", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(204, "", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, """{"ok":false,"error_code":403,"description":"Forbidden"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(300, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(302, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(404, """{"ok":false,"error_code":404,"description":"Not Found"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the group chat"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-100}}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}""", DeliveryOutcome.Rejected, null)]
    [InlineData(500, """{"ok":false,"error_code":500,"description":"Internal Server Error"}""", DeliveryOutcome.Transient, null)]
    [InlineData(502, "<html>", DeliveryOutcome.Transient, null)]
    public void An_answer_is_read_by_its_envelope(int status, string body, DeliveryOutcome outcome, string? orderId)
    {
        var reply = Read(status, body);

        Assert.Equal((outcome, orderId, status), (reply.Outcome, reply.OrderId, reply.Status!.Value));
    }

    [Fact]
    public void What_it_asks_us_to_wait_stands_in_the_envelope()
    {
        var reply = Read(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 41","parameters":{"retry_after":41}}""");

        Assert.Equal((DeliveryOutcome.Transient, TimeSpan.FromSeconds(41)), (reply.Outcome, reply.RetryAfter));
    }

    [Fact]
    public void No_answer_makes_the_reader_throw() =>
        Gen.Select(Gen.Int[100, 599], Gen.String, Gen.OneOf(Gen.Const("""{"ok":true,"result":%}"""), Gen.Const("""{"ok":false,"parameters":%}"""), Gen.Const("%")))
            .Sample((status, text, frame) => Assert.NotNull(Read(status, frame.Replace("%", text, StringComparison.Ordinal)).Outcome.ToString()), iter: 500);

    private static DeliveryReply Read(int status, string body) => TelegramReplyReader.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null);
}
