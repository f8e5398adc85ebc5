using System.Net;
using System.Text;
using CsCheck;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Uon;

public sealed class UonReplyReaderTests
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(7);

    [Theory]
    [InlineData("""{"lead":[{"id":5}]}""")]
    [InlineData("""{"result":200,"lead":[{"id":5}]}""")]
    [InlineData("""{"result":"200","lead":{"id":5}}""")]
    [InlineData("\ufeff{\"lead\":[{\"id\":5}]}")]
    [InlineData("""{"message":"ok","lead":[{"id":5},{"id":6}]}""")]
    public void A_record_is_found_in_either_shape(string body)
    {
        var found = Assert.IsType<UonReply.Found>(Read(200, body));

        Assert.Equal(5, found.Record.GetProperty("id").GetInt32());
        Assert.True(found.Document.TryGetProperty("lead", out _));
    }

    [Theory]
    [InlineData(200, """{"result":404,"lead":[]}""")]
    [InlineData(404, """{"result":404,"lead":[]}""")]
    [InlineData(200, """{"lead":[]}""")]
    [InlineData(299, """{"lead":[]}""")]
    [InlineData(200, """{"lead":null}""")]
    [InlineData(200, """{"lead":{}}""")]
    [InlineData(200, """{"lead":false}""")]
    [InlineData(200, """{"result":404}""")]
    [InlineData(200, "[]")]
    [InlineData(404, "")]
    [InlineData(404, """{"error":{"message":"Not found"}}""")]
    public void A_missing_record_is_not_found_whatever_the_status(int status, string body) => Assert.IsType<UonReply.NotFound>(Read(status, body));

    [Theory]
    [InlineData(429, "")]
    [InlineData(429, """{"error":{"message":"Too many requests"}}""")]
    [InlineData(200, """{"result":429,"message":"Too many requests"}""")]
    public void Too_fast_is_throttled(int status, string body) => Assert.Equal(new UonReply.Throttled(RetryAfter), Read(status, body));

    [Theory]
    [InlineData(401, "", "HTTP 401")]
    [InlineData(403, "<html>", "HTTP 403")]
    [InlineData(200, """{"result":403,"message":"Access denied"}""", "Access denied")]
    [InlineData(200, """{"error":{"message":"Invalid key"}}""", "Invalid key")]
    [InlineData(200, """{"error":"Неверный ключ API"}""", "Неверный ключ API")]
    [InlineData(400, """{"message":"Unknown API key"}""", "Unknown API key")]
    public void A_refused_key_is_denied(int status, string body, string reason) =>
        Assert.Contains(reason, Assert.IsType<UonReply.Denied>(Read(status, body)).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(406, "")]
    [InlineData(406, """{"error":{"message":"API is not active"}}""")]
    [InlineData(200, """{"error":{"message":"API is not active."}}""")]
    [InlineData(200, """{"result":406}""")]
    [InlineData(500, """{"message":"API is not active"}""")]
    public void An_api_that_is_switched_off_is_inactive(int status, string body) => Assert.IsType<UonReply.Inactive>(Read(status, body));

    [Theory]
    [InlineData(500, "500 Server error", "HTTP 500")]
    [InlineData(500, """{"error":{"message":"500 Server error"}}""", "500 Server error")]
    [InlineData(502, "<html>Bad gateway</html>", "HTTP 502")]
    [InlineData(503, "", "HTTP 503")]
    [InlineData(408, "", "HTTP 408")]
    [InlineData(300, "", "Uon:BaseAddress")]
    [InlineData(302, "", "Uon:BaseAddress")]
    [InlineData(399, "", "Uon:BaseAddress")]
    [InlineData(200, "", "empty")]
    [InlineData(200, " \r\n", "empty")]
    [InlineData(200, "<html>Maintenance</html>", "web page")]
    [InlineData(404, "<html>nginx</html>", "web page")]
    [InlineData(200, """{"lead":[{"id":5""", "truncated")]
    [InlineData(200, """{"error":{"message":"Internal error"}}""", "Internal error")]
    [InlineData(200, """{"error":{"message":"Duplicate entry for key PRIMARY"}}""", "Duplicate entry")]
    [InlineData(200, """{"result":500,"message":"Internal error"}""", "result 500: Internal error")]
    [InlineData(200, """{"result":503}""", "result 503")]
    public void What_may_work_later_is_unavailable(int status, string body, string reason)
    {
        var unavailable = Assert.IsType<UonReply.Unavailable>(Read(status, body));

        Assert.Contains(reason, unavailable.Reason, StringComparison.Ordinal);
        Assert.Equal(RetryAfter, unavailable.RetryAfter);
    }

    [Theory]
    [InlineData(200, "{}", "no lead")]
    [InlineData(200, "null", "no lead")]
    [InlineData(200, "5", "no lead")]
    [InlineData(200, """{"request":[{"id":5}]}""", "no lead")]
    [InlineData(200, """{"lead":"5"}""", "no lead")]
    [InlineData(200, """{"lead":[5]}""", "no lead")]
    [InlineData(404, """{"error":{"message":"No route found"}}""", "No route found. Check Uon:BaseAddress")]
    [InlineData(404, """{"result":404,"message":"Parameter id is wrong"}""", "Check Uon:BaseAddress")]
    [InlineData(200, """{"result":404,"message":"Parameter id is wrong"}""", "Check Uon:BaseAddress")]
    [InlineData(400, "", "HTTP 400")]
    [InlineData(405, "<html>", "HTTP 405")]
    [InlineData(301, "", "Check Uon:BaseAddress")]
    public void What_will_not_get_better_is_unreadable(int status, string body, string reason) =>
        Assert.Contains(reason, Assert.IsType<UonReply.Unreadable>(Read(status, body)).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_page_holds_records_and_an_empty_one_is_not_found()
    {
        var page = UonEnvelope.PageOf(RecordKind.Request);

        var full = Assert.IsType<UonReply.Page>(Read(200, """{"requests":[{"id":5},{"id":6}]}""", page));
        Assert.Equal(2, full.Records.Count);
        Assert.IsType<UonReply.NotFound>(Read(200, """{"requests":[]}""", page));
        Assert.IsType<UonReply.NotFound>(Read(404, """{"result":404,"requests":[]}""", page));
    }

    [Theory]
    [InlineData("""{"result":200,"id":"17"}""", "17")]
    [InlineData("""{"result":200}""", null)]
    [InlineData("""{"id":17}""", "17")]
    public void A_write_is_confirmed_by_its_result_or_its_number(string body, string? id) =>
        Assert.Equal(new UonReply.Written(id), Read(200, body, UonEnvelope.Written));

    [Theory]
    [InlineData("""{"result":200,"id":17,"message":"Not saved"}""", typeof(UonReply.Unavailable))]
    [InlineData("""{"result":500,"id":17}""", typeof(UonReply.Unavailable))]
    [InlineData("{}", typeof(UonReply.Unreadable))]
    public void A_write_that_is_not_confirmed_is_not_written(string body, Type expected) => Assert.IsType(expected, Read(200, body, UonEnvelope.Written));

    [Fact]
    public void A_kind_must_be_known_to_ask() => Assert.Throws<ArgumentOutOfRangeException>(() => UonEnvelope.Of(RecordKind.Auto));

    [Fact]
    public void What_is_found_does_not_show_in_its_text()
    {
        Assert.DoesNotContain("Анна", Read(200, """{"lead":[{"client_name":"Анна"}]}""").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Анна", Read(200, """{"leads":[{"client_name":"Анна"}]}""", UonEnvelope.PageOf(RecordKind.Lead)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_answer_makes_the_readers_throw()
    {
        var fields = FieldSet.Parse(new Dictionary<string, string>
        {
            ["services"] = """["record"][0]["services"][*]["country"]""",
            ["extended"] = """["record"][0]["extended_fields"][id=1]["value"]""",
        }, UonOfferum.Shared.Fields.PipelineTimeZone.Fallback, (name, problem) => Assert.Fail($"{name}: {problem}"));
        var scraps = Gen.OneOf(
            "{", "}", "[", "]", ":", ",", "\"lead\"", "\"request\"", "\"result\"", "\"error\"", "\"message\"", "\"id\"", "\"client_phone\"", "\"services\"",
            "\"extended_fields\"", "\"value\"", "404", "-1", "1e999", "\"\\ud83d\"", "\"\\u0000\"", "null", "true", "<html>", "\"&#xD800;&rarr;\"", "\ufeff");
        var value = Gen.Recursive<string>((depth, inner) => depth > 3
            ? Gen.OneOf("null", "1", "\"\\ud83d\"", "\"&amp;\"", "\"\"", "false")
            : Gen.OneOf(
                inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
                Gen.Select(Gen.OneOf("lead", "id", "client_phone", "services", "extended_fields", "a\\udc00"), inner)
                    .Array[0, 4].Select(items => $"{{{string.Join(',', items.Select(i => $"\"{i.Item1}\":{i.Item2}"))}}}")));
        var body = Gen.OneOf(
            Gen.Byte.Array[0, 60],
            scraps.Array[0, 20].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))),
            value.Select(json => Encoding.UTF8.GetBytes($$"""{"lead":{{json}}}""")));

        Gen.Select(Gen.OneOf(200, 200, 200, 302, 404, 406, 500), body).Sample(
            (status, bytes) =>
            {
                var reply = UonReplyReader.Read((HttpStatusCode)status, "application/json", bytes, RecordKind.Lead, retryAfter: null);
                if (reply is UonReply.Found found)
                {
                    Assert.All(fields.Read(found.Document), field => Assert.InRange(field.Value.Length, 1, FieldPath.MaxValueLength));
                    Assert.NotNull(fields.Candidates("phone", found.Document));
                }
            },
            iter: 10_000);
    }

    [Theory]
    [InlineData("""{"lead":[{"id":5}]}""", true)]
    [InlineData("""{"lead":[{"id":" 5"}]}""", true)]
    [InlineData("""{"lead":{"id":"5"}}""", true)]
    [InlineData("""{"lead":[{"id":null}]}""", true)]
    [InlineData("""{"lead":[{"status":"new"}]}""", true)]
    [InlineData("""{"lead":[{"id":6}]}""", false)]
    [InlineData("""{"lead":[{"id":"6"},{"id":5}]}""", false)]
    public void Another_records_data_is_not_this_records(string body, bool isFound)
    {
        var reply = Read(200, body, UonEnvelope.Of(RecordKind.Lead) with { Id = 5 });

        Assert.IsType(isFound ? typeof(UonReply.Found) : typeof(UonReply.Unavailable), reply);
    }

    [Theory]
    [InlineData("""{"user":[{"u_id":5,"id":9}]}""", true)]
    [InlineData("""{"user":[{"u_id":"6"}]}""", false)]
    public void Another_clients_card_is_not_this_clients(string body, bool isFound) =>
        Assert.IsType(isFound ? typeof(UonReply.Found) : typeof(UonReply.Unavailable), Read(200, body, UonEnvelope.User with { Id = 5 }));

    private static UonReply Read(int status, string body) =>
        UonReplyReader.Read((HttpStatusCode)status, "application/json", Encoding.UTF8.GetBytes(body), RecordKind.Lead, RetryAfter);

    private static UonReply Read(int status, string body, UonEnvelope expected) =>
        UonReplyReader.Read((HttpStatusCode)status, "application/json", Encoding.UTF8.GetBytes(body), expected, RetryAfter);
}
