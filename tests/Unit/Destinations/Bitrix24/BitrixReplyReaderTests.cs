using System.Net;
using System.Text;
using CsCheck;
using UonOfferum.Destinations.Bitrix24;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Destinations.Bitrix24;

public sealed class BitrixReplyReaderTests
{
    [Theory]
    [InlineData(200, """{"result":4521,"time":{"start":1.5}}""", DeliveryOutcome.Delivered, "4521")]
    [InlineData(200, """{"result":"4521"}""", DeliveryOutcome.Delivered, "4521")]
    [InlineData(200, """{"result":"45a"}""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, """{"result":0}""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, """{"result":true}""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, """{"result":[]}""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "{}", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "[]", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "<html>", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(300, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(302, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(503, """{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}""", DeliveryOutcome.Transient, null)]
    [InlineData(200, """{"error":"QUERY_LIMIT_EXCEEDED"}""", DeliveryOutcome.Transient, null)]
    [InlineData(429, """{"error":"OPERATION_TIME_LIMIT"}""", DeliveryOutcome.Transient, null)]
    [InlineData(500, """{"error":"INTERNAL_SERVER_ERROR"}""", DeliveryOutcome.Transient, null)]
    [InlineData(500, """{"error":"something_new"}""", DeliveryOutcome.Transient, null)]
    [InlineData(502, "<html>", DeliveryOutcome.Transient, null)]
    [InlineData(401, """{"error":"NO_AUTH_FOUND"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(401, """{"error":"INVALID_CREDENTIALS"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(401, """{"error":"expired_token"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(403, """{"error":"insufficient_scope"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(404, """{"error":"ERROR_METHOD_NOT_FOUND"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(402, """{"error":"PAYMENT_REQUIRED"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(401, """{"error":"something_new"}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, """{"error":"","error_description":"Title is empty"}""", DeliveryOutcome.Rejected, null)]
    [InlineData(400, """{"error":"ERROR_CORE","error_description":"Wrong e-mail: anna@"}""", DeliveryOutcome.Rejected, null)]
    public void An_answer_is_read_by_its_code_before_its_status(int status, string body, DeliveryOutcome outcome, string? orderId)
    {
        var reply = BitrixReplyReader.Added((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null);

        Assert.Equal((outcome, orderId, status), (reply.Outcome, reply.OrderId, reply.Status!.Value));
        Assert.DoesNotContain("anna@", reply.Detail ?? "", StringComparison.Ordinal);
    }

    /// <summary>What the portal refuses for lack of time it does not do; a failure may come after the lead was made.</summary>
    [Theory]
    [InlineData(503, """{"error":"QUERY_LIMIT_EXCEEDED"}""", false)]
    [InlineData(429, """{"error":"OPERATION_TIME_LIMIT"}""", false)]
    [InlineData(503, """{"error":"OVERLOAD_LIMIT"}""", false)]
    [InlineData(500, """{"error":"INTERNAL_SERVER_ERROR"}""", true)]
    [InlineData(503, "<html>", true)]
    [InlineData(429, "", false)]
    public void A_failure_may_hide_a_lead_and_a_limit_does_not(int status, string body, bool mayHaveArrived) =>
        Assert.Equal(mayHaveArrived, BitrixReplyReader.Added((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null).MayHaveArrived);

    [Theory]
    [InlineData("""{"result":[{"ID":"17"},{"ID":"18"}],"total":2}""", "17")]
    [InlineData("""{"result":[],"total":0}""", null)]
    [InlineData("""{"result":true}""", null)]
    public void Our_own_lead_is_found_or_is_not(string body, string? orderId)
    {
        var reply = BitrixReplyReader.Listed(HttpStatusCode.OK, Encoding.UTF8.GetBytes(body), null);

        Assert.Equal((DeliveryOutcome.Delivered, orderId), (reply.Outcome, reply.OrderId));
    }

    [Theory]
    [InlineData("""{"result":{"CONTACT":[5],"LEAD":[17,18]}}""", "LEAD 17")]
    [InlineData("""{"result":{"CONTACT":[5]}}""", "CONTACT 5")]
    [InlineData("""{"result":[]}""", null)]
    [InlineData("""{"result":{"DEAL":[1]}}""", null)]
    public void A_phone_is_known_or_is_not(string body, string? found)
    {
        var reply = BitrixReplyReader.Compared(HttpStatusCode.OK, Encoding.UTF8.GetBytes(body), null);

        Assert.Equal((DeliveryOutcome.Delivered, found), (reply.Outcome, reply.OrderId));
    }

    [Theory]
    [InlineData("", "Bitrix24 refused the lead")]
    [InlineData("ERROR_CORE", "Bitrix24 refused the lead (ERROR_CORE)")]
    [InlineData("Wrong e-mail: anna@example.com", "Bitrix24 refused the lead (the reply has the details)")]
    [InlineData("A2345678901234567890123456789012345678901234567890123456789_", "Bitrix24 refused the lead (A2345678901234567890123456789012345678901234567890123456789_)")]
    [InlineData("A23456789012345678901234567890123456789012345678901234567890_", "Bitrix24 refused the lead (the reply has the details)")]
    public void Only_a_code_is_repeated(string code, string detail) =>
        Assert.Equal(detail, BitrixReplyReader.Added(HttpStatusCode.BadRequest, Encoding.UTF8.GetBytes($$"""{"error":"{{code}}"}"""), null).Detail);

    [Theory]
    [InlineData("""{"result":["crm","user"]}""", DeliveryOutcome.Delivered)]
    [InlineData("""{"result":["user"]}""", DeliveryOutcome.Misconfigured)]
    public void The_webhook_has_the_right_or_has_not(string body, DeliveryOutcome outcome) =>
        Assert.Equal(outcome, BitrixReplyReader.Scoped(HttpStatusCode.OK, Encoding.UTF8.GetBytes(body), null).Outcome);

    [Fact]
    public void No_answer_makes_a_reader_throw() =>
        Gen.Select(Gen.Int[100, 599], Gen.String, Gen.OneOf(Gen.Const("""{"result":%}"""), Gen.Const("""{"error":%}"""), Gen.Const("""{"result":{"LEAD":%}}"""), Gen.Const("""{"result":[{"ID":%}]}"""), Gen.Const("%"))).Sample(
            (status, text, frame) =>
            {
                var body = Encoding.UTF8.GetBytes(frame.Replace("%", text, StringComparison.Ordinal));
                Func<HttpStatusCode, ReadOnlyMemory<byte>, TimeSpan?, DeliveryReply>[] readers =
                    [BitrixReplyReader.Added, BitrixReplyReader.Listed, BitrixReplyReader.Compared, BitrixReplyReader.Scoped];
                Assert.All(readers, read => Assert.NotNull(read((HttpStatusCode)status, body, null).Outcome.ToString()));
            },
            iter: 500);
}
