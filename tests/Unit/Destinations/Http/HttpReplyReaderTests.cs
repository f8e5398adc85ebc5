using System.Net;
using System.Text;
using CsCheck;
using UonOfferum.Destinations.Http;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Destinations.Http;

public sealed class HttpReplyReaderTests
{
    [Theory]
    [InlineData(200, """{"ok":true,"data":{"id":77}}""", DeliveryOutcome.Delivered, "77")]
    [InlineData(201, """{"ok":true}""", DeliveryOutcome.Delivered, null)]
    [InlineData(200, """{"ok":false,"error":"bad phone"}""", DeliveryOutcome.Rejected, null)]
    [InlineData(200, """{"ok":true,"duplicate":true,"data":{"id":"5"}}""", DeliveryOutcome.Duplicate, "5")]
    [InlineData(200, "<html>", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(204, "", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(300, """{"ok":true}""", DeliveryOutcome.Misconfigured, null)]
    [InlineData(302, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, "", DeliveryOutcome.Rejected, null)]
    [InlineData(400, "duplicate", DeliveryOutcome.Duplicate, null)]
    [InlineData(401, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(403, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(404, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(409, "", DeliveryOutcome.Duplicate, null)]
    [InlineData(422, "", DeliveryOutcome.Rejected, null)]
    [InlineData(408, "", DeliveryOutcome.Transient, null)]
    [InlineData(429, "duplicate", DeliveryOutcome.Transient, null)]
    [InlineData(500, "", DeliveryOutcome.Transient, null)]
    [InlineData(503, "", DeliveryOutcome.Transient, null)]
    public void An_answer_is_read_by_its_status_and_the_rules(int status, string body, DeliveryOutcome outcome, string? orderId)
    {
        var reply = Read(status, body, ("Accepted", "\"ok\":true"), ("Rejected", "\"ok\":false"), ("Duplicate", "duplicate"), ("OrderId", """["data"]["id"]"""));

        Assert.Equal((outcome, orderId, status), (reply.Outcome, reply.OrderId, reply.Status!.Value));
        Assert.Equal(outcome == DeliveryOutcome.Transient ? TimeSpan.FromSeconds(7) : null, reply.RetryAfter);
        Assert.Equal(status is 408 or 500 or 503, reply.MayHaveArrived);
    }

    [Fact]
    public void Without_rules_2xx_is_enough() => Assert.Equal(DeliveryOutcome.Delivered, Read(204, "").Outcome);

    [Fact]
    public void No_answer_makes_the_reader_throw() =>
        Gen.Select(Gen.Int[100, 599], Gen.String).Sample((status, body) => Assert.NotNull(Read(status, body, ("OrderId", """["a"]""")).Outcome.ToString()), iter: 500);

    private static DeliveryReply Read(int status, string body, params (string, string)[] rules)
    {
        var (settings, errors) = HttpOrderTests.Read([("Url", "https://crm.example.com/"), ("Form:tel", "{phone}"), .. rules]);
        Assert.Empty(errors);
        return HttpReplyReader.Read(settings.Reply, (HttpStatusCode)status, Encoding.UTF8.GetBytes(body), TimeSpan.FromSeconds(7));
    }
}
