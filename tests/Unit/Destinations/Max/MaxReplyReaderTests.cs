using System.Net;
using System.Text;
using CsCheck;
using UonOfferum.Destinations.Max;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Destinations.Max;

public sealed class MaxReplyReaderTests
{
    [Theory]
    [InlineData(200, """{"message":{"recipient":{"chat_id":-1},"body":{"mid":"mid.77","seq":1}}}""", DeliveryOutcome.Delivered, "mid.77")]
    [InlineData(200, """{"message":{"message_id":9,"id":8,"mid":"mid.7","body":{"mid":"mid.77"}}}""", DeliveryOutcome.Delivered, "mid.77")]
    [InlineData(200, """{"message":{"message_id":9,"id":8,"mid":"mid.7"}}""", DeliveryOutcome.Delivered, "mid.7")]
    [InlineData(200, """{"message":{"message_id":9,"id":8}}""", DeliveryOutcome.Delivered, "8")]
    [InlineData(200, """{"message":{"message_id":9}}""", DeliveryOutcome.Delivered, "9")]
    [InlineData(200, """{"chat_id":-1,"status":"active"}""", DeliveryOutcome.Delivered, null)]
    [InlineData(200, """{"success":false,"message":"no"}""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, """{"code":"internal","message":"no"}""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "<html>", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(204, "", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(300, "{}", DeliveryOutcome.Misconfigured, null)]
    [InlineData(302, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(401, """{"code":"verify.token","message":"Invalid access_token"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(403, """{"code":"chat.denied","message":"error.chat.denied"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(404, """{"code":"chat.not.found","message":"Chat not found"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(405, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, """{"code":"dialog.not.found","message":"Dialog not found"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, """{"code":"proto.payload","message":"text: size must be between 0 and 4000"}""", DeliveryOutcome.Rejected, null)]
    [InlineData(429, """{"code":"too.many.requests","message":""}""", DeliveryOutcome.Transient, null)]
    [InlineData(503, """{"code":"service.unavailable","message":""}""", DeliveryOutcome.Transient, null)]
    [InlineData(500, "", DeliveryOutcome.Transient, null)]
    [InlineData(502, "<html>", DeliveryOutcome.Transient, null)]
    public void An_answer_is_read_by_its_status_and_code(int status, string body, DeliveryOutcome outcome, string? orderId)
    {
        var reply = Read(status, body);

        Assert.Equal((outcome, orderId, status), (reply.Outcome, reply.OrderId, reply.Status!.Value));
    }

    [Fact]
    public void Only_a_refusal_for_speed_says_that_nothing_was_taken()
    {
        Assert.False(Read(429, "").MayHaveArrived);
        Assert.True(Read(503, "").MayHaveArrived);
    }

    [Fact]
    public void No_answer_makes_the_reader_throw() =>
        Gen.Select(Gen.Int[100, 599], Gen.String, Gen.OneOf(Gen.Const("""{"message":%}"""), Gen.Const("""{"code":%,"message":{"body":%}}"""), Gen.Const("%")))
            .Sample((status, text, frame) => Assert.NotNull(Read(status, frame.Replace("%", text, StringComparison.Ordinal)).Outcome.ToString()), iter: 500);

    private static DeliveryReply Read(int status, string body) => MaxReplyReader.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null);
}
