using System.Net;
using System.Text;
using CsCheck;
using UonOfferum.Destinations.AmoCrm;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Destinations.AmoCrm;

public sealed class AmoReplyReaderTests
{
    [Theory]
    [InlineData(200, """[{"id":10185151,"contact_id":1,"company_id":null,"request_id":["x"],"merged":false}]""", DeliveryOutcome.Delivered, "10185151")]
    [InlineData(200, """[{"id":10185151,"merged":true}]""", DeliveryOutcome.Delivered, "10185151")]
    [InlineData(200, """[{"id":0}]""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, """[{"id":"a phone"}]""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, """[{"id":"17a"}]""", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "[null]", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "[]", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(200, "<html>", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(204, "", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(300, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(302, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(400, "", DeliveryOutcome.Rejected, null)]
    [InlineData(401, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(402, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(403, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(404, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(405, "", DeliveryOutcome.Misconfigured, null)]
    [InlineData(409, "", DeliveryOutcome.Rejected, null)]
    [InlineData(422, "[]", DeliveryOutcome.Rejected, null)]
    [InlineData(429, "", DeliveryOutcome.Transient, null)]
    [InlineData(500, "", DeliveryOutcome.Transient, null)]
    [InlineData(502, "", DeliveryOutcome.Transient, null)]
    [InlineData(503, "", DeliveryOutcome.Transient, null)]
    [InlineData(504, "", DeliveryOutcome.Uncertain, null)]
    [InlineData(524, "", DeliveryOutcome.Uncertain, null)]
    public void An_answer_is_read_by_its_status_and_the_leads_number(int status, string body, DeliveryOutcome outcome, string? orderId)
    {
        var reply = Read(status, body);

        Assert.Equal((outcome, orderId, status), (reply.Outcome, reply.OrderId, reply.Status!.Value));
        Assert.Equal(outcome == DeliveryOutcome.Transient ? TimeSpan.FromSeconds(7) : null, reply.RetryAfter);
    }

    [Fact]
    public void A_lead_that_became_part_of_another_says_so()
    {
        Assert.Null(Read(200, """[{"id":1,"merged":false}]""").Detail);
        Assert.Equal("amoCRM merged it into a lead it already had", Read(200, """[{"id":1,"merged":true}]""").Detail);
    }

    [Fact]
    public void A_refusal_names_the_fields_and_never_what_was_in_them()
    {
        var reply = Read(400, """
            {"validation-errors":[{"request_id":"0","errors":[
              {"code":"NotSupportedChoice","path":"custom_fields_values.0.field_id","detail":"Анна is not a choice"},
              {"code":"Анна","path":"79000000001","detail":"x"},{"code":7},null]}],"title":"Bad Request","status":400,"detail":"Request validation failed"}
            """);

        Assert.Equal("amoCRM refused the lead (custom_fields_values.0.field_id: NotSupportedChoice, ?: ?)", reply.Detail);
    }

    [Theory]
    [InlineData("NotSupportedChoice", "NotSupportedChoice")]
    [InlineData("field_123456", "field_123456")]
    [InlineData("field_9001234", "?")]
    [InlineData("Anna Petrova", "?")]
    [InlineData("", "?")]
    public void Only_a_word_that_can_be_no_name_and_no_phone_is_repeated(string code, string shown) =>
        Assert.Equal(
            $"amoCRM refused the lead (name: {shown})",
            Read(400, $$"""{"validation-errors":[{"errors":[{"path":"name","code":"{{code}}"}]}]}""").Detail);

    [Fact]
    public void A_refusal_without_errors_names_its_status() => Assert.Equal("amoCRM refused the lead (HTTP 422)", Read(422, "{}").Detail);

    [Theory]
    [InlineData(200, """{"id":31,"name":"Agency"}""", DeliveryOutcome.Delivered)]
    [InlineData(200, """{"name":"Agency"}""", DeliveryOutcome.Misconfigured)]
    [InlineData(200, "<html>", DeliveryOutcome.Misconfigured)]
    [InlineData(401, "", DeliveryOutcome.Misconfigured)]
    [InlineData(503, "", DeliveryOutcome.Transient)]
    public void The_account_answers_whether_the_token_is_good(int status, string body, DeliveryOutcome outcome) =>
        Assert.Equal(outcome, AmoReplyReader.Account((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null).Outcome);

    [Theory]
    [InlineData(200, """{"_embedded":{"leads":[{"id":16,"name":"Анна [main/lead/48213]"},{"id":17,"name":"Анна [main/lead/4821] "}]}}""", DeliveryOutcome.Delivered, "17")]
    [InlineData(200, """{"_embedded":{"leads":[{"id":16,"name":"Анна main/lead/4821"},{"id":18,"name":null},7]}}""", DeliveryOutcome.Delivered, null)]
    [InlineData(204, "", DeliveryOutcome.Delivered, null)]
    [InlineData(200, "<html>", DeliveryOutcome.Unconfirmed, null)]
    [InlineData(503, "", DeliveryOutcome.Transient, null)]
    public void Our_own_lead_is_found_by_its_mark_or_is_not(int status, string body, DeliveryOutcome outcome, string? orderId)
    {
        var reply = AmoReplyReader.Listed("[main/lead/4821]", (HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null);

        Assert.Equal((outcome, orderId), (reply.Outcome, reply.OrderId));
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(408, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public void A_failure_may_hide_a_lead_but_429_does_not(int status, bool mayHaveArrived) => Assert.Equal(mayHaveArrived, Read(status, "").MayHaveArrived);

    [Fact]
    public void No_answer_makes_the_reader_throw() => Gen.Select(
        Gen.Int[100, 599], Gen.OneOf(Gen.String, Gen.OneOf(Gen.Const("""{"validation-errors":{}}"""), Gen.Const("""{"validation-errors":[1,{"errors":[[]]}]}"""), Gen.Const("[[]]"), Gen.Const("[{}]"), Gen.Const("null"))))
        .Sample((status, body) => Assert.NotNull(Read(status, body).Outcome.ToString()), iter: 500);

    private static DeliveryReply Read(int status, string body) =>
        AmoReplyReader.Added((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), TimeSpan.FromSeconds(7));
}
