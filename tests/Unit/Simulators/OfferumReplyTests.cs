using System.Net.Sockets;
using System.Text.Json.Nodes;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

public sealed class OfferumReplyTests : OfferumSimulatorTest
{
    public static TheoryData<OfferumReplyKind> Oks =>
        [.. Enum.GetValues<OfferumReplyKind>().Where(kind => kind.ToString().StartsWith("Ok", StringComparison.Ordinal))];

    public static TheoryData<OfferumReplyKind> Answered => [.. Enum.GetValues<OfferumReplyKind>().Where(kind => !IsSilent(kind))];

    [Theory]
    [MemberData(nameof(Oks))]
    public async Task An_ok_gives_the_number_where_its_kind_says(OfferumReplyKind kind)
    {
        Offerum.Replies.Set(kind);

        using var reply = await Post("lead-5");

        var json = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        JsonNode?[] places =
        [
            json["order_id"], json["id"], json["lead_id"], json["uuid"],
            json["response"]?["id"], json["response"]?["order_id"], json["data"]?["id"],
        ];
        Assert.Equal("ok", (string?)json["status"]);
        Assert.Equal(Offerum.Orders.Single().OrderId.ToString(), Assert.Single(places, place => place is not null)!.ToString());
    }

    [Theory]
    [InlineData(OfferumReplyKind.Ok, 0)]
    [InlineData(OfferumReplyKind.OkWithoutAdditionalStatus, null)]
    [InlineData(OfferumReplyKind.OkModeration, 2)]
    [InlineData(OfferumReplyKind.OkDuplicate4, 4)]
    [InlineData(OfferumReplyKind.OkDuplicate5, 5)]
    public async Task An_ok_tells_its_additional_status(OfferumReplyKind kind, int? additional)
    {
        Offerum.Replies.Set(kind);

        using var reply = await Post("lead-5");

        Assert.Equal(additional, (int?)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["additional_status"]);
        Assert.Equal(kind.TakesTheOrder(), Offerum.Orders.Single().Accepted);
    }

    [Theory]
    [InlineData(OfferumReplyKind.RefusedAtError, 200, """{"status":"error","error":""")]
    [InlineData(OfferumReplyKind.RefusedAtErrors, 200, """{"status":"error","errors":["error: """)]
    [InlineData(OfferumReplyKind.RefusedAtMessage, 200, """{"status":"error","message":""")]
    [InlineData(OfferumReplyKind.WrongFlow, 200, "wrong thread id")]
    [InlineData(OfferumReplyKind.WrongKey, 200, "key")]
    [InlineData(OfferumReplyKind.DuplicateError, 200, "duplicate")]
    [InlineData(OfferumReplyKind.DuplicateErrorInRussian, 200, "дубль")]
    [InlineData(OfferumReplyKind.PhoneError, 200, "phone")]
    [InlineData(OfferumReplyKind.NameError, 200, "name")]
    [InlineData(OfferumReplyKind.ValidationError, 200, "required")]
    [InlineData(OfferumReplyKind.UnknownError, 200, "error")]
    [InlineData(OfferumReplyKind.BadRequest, 400, "error")]
    [InlineData(OfferumReplyKind.Unauthorized, 401, "error")]
    [InlineData(OfferumReplyKind.Forbidden, 403, "error")]
    [InlineData(OfferumReplyKind.MethodNotAllowed, 405, "error")]
    [InlineData(OfferumReplyKind.RequestTimeout, 408, "error")]
    [InlineData(OfferumReplyKind.UnsupportedMediaType, 415, "error")]
    [InlineData(OfferumReplyKind.Unprocessable, 422, "error")]
    [InlineData(OfferumReplyKind.TooManyRequests, 429, "error")]
    [InlineData(OfferumReplyKind.TooManyRequestsRetryAfterSeconds, 429, "error")]
    [InlineData(OfferumReplyKind.TooManyRequestsRetryAfterDate, 429, "error")]
    [InlineData(OfferumReplyKind.ServerError, 500, "error")]
    [InlineData(OfferumReplyKind.BadGateway, 502, "<html>")]
    [InlineData(OfferumReplyKind.ServiceUnavailable, 503, "<html>")]
    [InlineData(OfferumReplyKind.ServiceUnavailableRetryAfter, 503, "<html>")]
    [InlineData(OfferumReplyKind.HtmlPage, 200, "<html>")]
    [InlineData(OfferumReplyKind.EmptyBody, 200, "")]
    [InlineData(OfferumReplyKind.UnknownJson, 200, "{}")]
    public async Task A_refusal_takes_no_order(OfferumReplyKind kind, int status, string inBody)
    {
        Offerum.Replies.Set(kind);

        using var reply = await Post("lead-5");

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains(inBody, await reply.Content.ReadAsStringAsync());
        var order = Offerum.Orders.Single();
        Assert.Equal((kind, status, false, null), (order.Reply, order.Status, order.Accepted, order.OrderId));
    }

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task Every_answered_kind_is_json_html_or_nothing(OfferumReplyKind kind)
    {
        Offerum.Replies.Set(kind);

        using var reply = await Post("lead-5");

        var body = await reply.Content.ReadAsStringAsync();
        Assert.True(body.Length == 0 || body[0] == '<' || JsonNode.Parse(body) is JsonObject);
    }

    [Fact]
    public async Task Retry_after_comes_as_seconds_as_a_date_or_not_at_all()
    {
        Offerum.RetryAfter = TimeSpan.FromSeconds(7);
        Offerum.Replies.Next(
            OfferumReplyKind.TooManyRequests, OfferumReplyKind.TooManyRequestsRetryAfterSeconds,
            OfferumReplyKind.TooManyRequestsRetryAfterDate, OfferumReplyKind.ServiceUnavailableRetryAfter);

        using var none = await Post("lead-5");
        using var seconds = await Post("lead-5");
        using var date = await Post("lead-5");
        using var unavailable = await Post("lead-5");

        Assert.Null(none.Headers.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), seconds.Headers.RetryAfter!.Delta);
        Assert.NotNull(date.Headers.RetryAfter!.Date);
        Assert.Equal(TimeSpan.FromSeconds(7), unavailable.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(OfferumReplyKind.HangBeforeReading, false)]
    [InlineData(OfferumReplyKind.TakenThenHang, true)]
    public async Task A_hang_lasts_until_the_caller_gives_up(OfferumReplyKind kind, bool accepted)
    {
        Offerum.Replies.Set(kind);
        using var timeout = new CancellationTokenSource();
        var post = Post("lead-5", timeout.Token);

        await Offerum.Orders.WaitForAsync(1, _ => true, TestContext.Current.CancellationToken);
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
        var order = Offerum.Orders.Single();
        Assert.Equal((accepted, null, accepted), (order.Accepted, order.Status, order.Body.Length > 0));
    }

    [Theory]
    [InlineData(OfferumReplyKind.ResetBeforeReading, false)]
    [InlineData(OfferumReplyKind.TakenThenReset, true)]
    public async Task A_reset_is_a_reset(OfferumReplyKind kind, bool accepted)
    {
        Offerum.Replies.Set(kind);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => Post("lead-5"));

        Assert.IsType<SocketException>(error.GetBaseException());
        Assert.Equal(accepted, Offerum.Orders.Single().Accepted);
    }

    [Fact]
    public async Task After_an_order_was_taken_in_silence_the_resend_is_a_duplicate()
    {
        Offerum.ForSubId("lead-5").Next(OfferumReplyKind.TakenThenServerError);

        using var failed = await Post("lead-5");
        using var resent = await Post("lead-5");

        Assert.Equal(500, (int)failed.StatusCode);
        Assert.Equal(4, (int)JsonNode.Parse(await resent.Content.ReadAsStringAsync())!["additional_status"]!);
        Assert.Equal(1, Offerum.AcceptedBySubId()["lead-5"]);
    }

    [Fact]
    public async Task A_reply_to_the_subid_goes_before_that_to_the_phone_before_that_to_all()
    {
        Offerum.Replies.Set(OfferumReplyKind.ServerError);
        Offerum.ForPhone("8 800").Set(OfferumReplyKind.NameError);
        Offerum.ForPhone("+7 (999) 100-00-05").Set(OfferumReplyKind.BadRequest, Repeat.Once);
        Offerum.ForSubId("lead-5").Set(OfferumReplyKind.Forbidden, Repeat.Once);

        foreach (var subId in new[] { "lead-5", "lead-5", "lead-5" })
        {
            using var reply = await Post(subId);
        }

        Assert.Equal([403, 400, 500], Offerum.Orders.Select(order => order.Status ?? 0));
    }

    [Fact]
    public async Task The_latency_is_that_of_the_moment()
    {
        Offerum.Latency = TimeSpan.FromMinutes(5);
        using var timeout = new CancellationTokenSource();
        var slow = Post("lead-5", timeout.Token);
        await Offerum.WaitForAcceptedAsync(1, TestContext.Current.CancellationToken);

        Offerum.Latency = TimeSpan.Zero;
        using var quick = await Post("lead-6");

        Assert.False(slow.IsCompleted);
        await timeout.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
    }

    private static bool IsSilent(OfferumReplyKind kind) =>
        kind.ToString().EndsWith("Hang", StringComparison.Ordinal) || kind.ToString().EndsWith("Reset", StringComparison.Ordinal)
        || kind.ToString().EndsWith("BeforeReading", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> Post(string subId, CancellationToken cancellationToken = default)
    {
        using var form = new FormUrlEncodedContent([new("default_country", "RU"), new("phone", "+79991000005"), new("name", "Анна")]);
        var address = $"webmaster/order/?key={OfferumSimulator.DefaultKey}&flow=zkVz&subid={subId}";
        return await Http.PostAsync(address, form, cancellationToken);
    }
}
