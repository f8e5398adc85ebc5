using System.Net;
using System.Text;
using CsCheck;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OfferumSenderFunction;

/// <summary>Every reply that is known of the network, its read endpoints and its predecessor.</summary>
public sealed class OfferumReplyReaderTests
{
    [Theory]
    [InlineData("""{"status":"ok","order_id":1489733122,"additional_status":0}""")]
    [InlineData("""{"status":"ok","order_id":1489733122}""")]
    [InlineData("""{"status":"OK","order_id":"1489733122","additional_status":"0"}""")]
    [InlineData("""{"status":"success","order_id":1489733122}""")]
    [InlineData("""{"status":true,"order_id":1489733122}""")]
    [InlineData("""{"order_id":1489733122}""")]
    [InlineData("""{"status":"ok","order_id":1489733122,"additional_status":null}""")]
    [InlineData("""{"status":"ok","order_id":1489733122,"error":null,"errors":[]}""")]
    [InlineData("""{"status":"ok","order_id":1489733122,"error":false,"errors":{}}""")]
    [InlineData("""{"status":"ok","order_id":1489733122,"error":0,"errors":"","message":"wrong phone? no: accepted"}""")]
    [InlineData("""{"status":"ok","order_id":1489733122,"error":"0","errors":[null,""]}""")]
    public void Ok_is_delivered_with_its_order_id(string body)
    {
        var reply = Read(200, body);

        Assert.Equal((DeliveryOutcome.Delivered, "1489733122", false), (reply.Outcome, reply.OrderId, reply.NeedsAttention));
    }

    [Fact]
    public void Ok_is_believed_without_an_order_id() => Assert.True(Read(200, """{"status":"ok"}""") is { Outcome: DeliveryOutcome.Delivered, Detail: null });

    [Theory]
    [InlineData("2")]
    [InlineData("\"2\"")]
    public void An_offer_under_moderation_is_delivered_and_an_operator_should_look(string additional)
    {
        var reply = Read(200, $$"""{"status":"ok","order_id":1,"additional_status":{{additional}}}""");

        Assert.Equal((DeliveryOutcome.Delivered, "1", true), (reply.Outcome, reply.OrderId, reply.NeedsAttention));
        Assert.Contains("moderated", reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    [InlineData("\"4\"")]
    public void An_order_the_cabinet_will_not_show_is_a_duplicate(string additional)
    {
        var reply = Read(200, $$"""{"status":"ok","order_id":1489733122,"additional_status":{{additional}}}""");

        Assert.Equal((DeliveryOutcome.Duplicate, "1489733122"), (reply.Outcome, reply.OrderId));
    }

    [Theory]
    [InlineData("order_id", "{0}")]
    [InlineData("id", "{0}")]
    [InlineData("lead_id", "{0}")]
    [InlineData("uuid", "{0}")]
    [InlineData("response", "{{\"id\":{0}}}")]
    [InlineData("response", "{{\"order_id\":{0}}}")]
    [InlineData("data", "{{\"id\":{0}}}")]
    public void The_order_id_is_found_in_each_place_as_a_number_and_as_text(string name, string place)
    {
        foreach (var value in new[] { "1489733122", "\"1489733122\"", "\" 1489733122 \"" })
        {
            var reply = Read(200, $$"""{"status":"ok","{{name}}":{{string.Format(place, value)}}}""");

            Assert.Equal((DeliveryOutcome.Delivered, "1489733122"), (reply.Outcome, reply.OrderId));
        }
    }

    [Fact]
    public void The_places_of_the_order_id_are_asked_in_order()
    {
        Assert.Equal("1", Read(200, """{"id":2,"order_id":1}""").OrderId);
        Assert.Equal("2", Read(200, """{"response":{"id":3,"order_id":4},"id":2,"order_id":0}""").OrderId);
        Assert.Equal("3", Read(200, """{"data":{"id":5},"response":{"order_id":4,"id":3},"order_id":""}""").OrderId);
        Assert.Equal("5", Read(200, """{"data":{"id":5},"response":[],"order_id":null,"id":{}}""").OrderId);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void What_is_no_id_is_none_and_proves_nothing(string value)
    {
        Assert.Null(Read(200, $$"""{"status":"ok","order_id":{{value}}}""").OrderId);
        Assert.Equal(DeliveryOutcome.Unconfirmed, Read(200, $$"""{"order_id":{{value}}}""").Outcome);
    }

    [Fact]
    public void An_id_of_any_length_is_cut() => Assert.Equal(100, Read(200, $$"""{"uuid":"{{new string('x', 500)}}"}""").OrderId!.Length);

    [Theory]
    [InlineData("duplicate order")]
    [InlineData("error: Duplicated lead")]
    [InlineData("Order already exists")]
    [InlineData("заказ отклонён: дубль")]
    [InlineData("Дубликат заявки")]
    [InlineData("Заявка с таким телефоном уже существует")]
    [InlineData("Duplicate entry for key 'phone'")]
    public void An_error_that_says_duplicate_is_one(string words) => AssertEverywhere(DeliveryOutcome.Duplicate, words);

    [Theory]
    [InlineData("wrong thread id")]
    [InlineData("error: wrong thread id")]
    [InlineData("Flow not found")]
    [InlineData("invalid flow")]
    [InlineData("flow_not_found")]
    [InlineData("wrong_flow_id")]
    [InlineData("Поток не найден")]
    [InlineData("Неверный код потока")]
    [InlineData("Неверный номер потока")]
    [InlineData("wrong api key")]
    [InlineData("API-key is invalid")]
    [InlineData("apikey required")]
    [InlineData("key_not_found")]
    [InlineData("Invalid token")]
    [InlineData("неверный ключ")]
    [InlineData("Неверный API-ключ")]
    [InlineData("Ошибка авторизации")]
    [InlineData("Unauthorized")]
    [InlineData("Authentication failed")]
    [InlineData("Access denied")]
    [InlineData("Нет доступа")]
    [InlineData("доступ запрещён")]
    public void An_error_about_the_key_or_the_flow_opens_the_breaker(string words) => AssertEverywhere(DeliveryOutcome.Misconfigured, words);

    [Theory]
    [InlineData("phone is not valid")]
    [InlineData("wrong phone format")]
    [InlineData("phone is not allowed in this flow")]
    [InlineData("Неверный телефон")]
    [InlineData("Некорректный номер")]
    [InlineData("Номер телефона заблокирован")]
    public void An_error_about_the_phone_is_about_this_one_record(string words) => AssertEverywhere(DeliveryOutcome.Rejected, words);

    [Theory]
    [InlineData("name is empty")]
    [InlineData("Имя не заполнено")]
    [InlineData("default_country is required")]
    [InlineData("order was not created")]
    [InlineData("keyword is not allowed")]
    [InlineData("поле включает недопустимые символы")]
    [InlineData("Гео недоступно для оффера")]
    public void Any_other_error_concerns_one_record_and_beside_an_order_is_unclear(string words) =>
        AssertEverywhere(DeliveryOutcome.Rejected, words, besideAnOrder: DeliveryOutcome.Unconfirmed);

    [Theory]
    [InlineData("""{"status":"error"}""")]
    [InlineData("""{"status":"fail","message":"no"}""")]
    [InlineData("""{"success":false}""")]
    [InlineData("""{"status":false,"order_id":5}""")]
    [InlineData("""{"error":true}""")]
    [InlineData("""{"error":17}""")]
    [InlineData("""{"error":{"code":17,"text":"no"},"order_id":5}""")]
    public void A_refusal_without_known_words_is_a_refusal(string body) => Assert.Equal(DeliveryOutcome.Rejected, Read(200, body).Outcome);

    [Fact]
    public void Errors_may_be_grouped_by_field()
    {
        Assert.Equal(DeliveryOutcome.Rejected, Read(200, """{"status":"error","errors":{"phone":["is not valid"]}}""").Outcome);
        Assert.Equal(DeliveryOutcome.Misconfigured, Read(200, """{"status":"error","errors":{"flow":["is not valid"]}}""").Outcome);
        Assert.Equal(DeliveryOutcome.Misconfigured, Read(200, """{"status":"error","errors":[{"field":"key","text":"unknown"}]}""").Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("ok")]
    [InlineData("1489733122")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"status":"ok","order_id":1}]""")]
    [InlineData("{}")]
    [InlineData("""{"result":"created"}""")]
    [InlineData("""{"status":"pending","order_id":5}""")]
    [InlineData("""{"status":null}""")]
    [InlineData("""{"message":"wrong key, or is it?"}""")]
    [InlineData("""{"status":"ok","order_id":1""")]
    [InlineData("""<!doctype html><html><body>{"status":"ok","order_id":1}</body></html>""")]
    [InlineData("""{"response":{"items":[]}}""")]
    public void An_answer_2xx_that_neither_confirms_nor_refuses_is_for_a_person(string body)
    {
        foreach (var status in new[] { 200, 201, 202, 204 })
        {
            Assert.Equal(DeliveryOutcome.Unconfirmed, Read(status, body).Outcome);
        }
    }

    [Theory]
    [InlineData(400, DeliveryOutcome.Rejected)]
    [InlineData(422, DeliveryOutcome.Rejected)]
    [InlineData(401, DeliveryOutcome.Misconfigured)]
    [InlineData(403, DeliveryOutcome.Misconfigured)]
    [InlineData(404, DeliveryOutcome.Misconfigured)]
    [InlineData(405, DeliveryOutcome.Misconfigured)]
    [InlineData(415, DeliveryOutcome.Misconfigured)]
    [InlineData(301, DeliveryOutcome.Misconfigured)]
    [InlineData(302, DeliveryOutcome.Misconfigured)]
    [InlineData(307, DeliveryOutcome.Misconfigured)]
    [InlineData(408, DeliveryOutcome.Transient)]
    [InlineData(429, DeliveryOutcome.Transient)]
    [InlineData(500, DeliveryOutcome.Transient)]
    [InlineData(502, DeliveryOutcome.Transient)]
    [InlineData(503, DeliveryOutcome.Transient)]
    [InlineData(504, DeliveryOutcome.Transient)]
    [InlineData(599, DeliveryOutcome.Transient)]
    public void A_status_decides_where_the_words_name_nothing_known(int status, DeliveryOutcome expected)
    {
        foreach (var body in new[]
        {
            "", "<html>", "{}", """{"status":"error"}""", """{"status":"error","message":"Bad request"}""", """{"error":"blocked"}""", """{"status":"ok","order_id":5}""",
        })
        {
            var reply = Read(status, body);

            Assert.Equal((status, body, expected), (status, body, reply.Outcome));
            Assert.Equal(status, reply.Status);
            Assert.False(string.IsNullOrEmpty(reply.Detail));
        }
    }

    [Theory]
    [InlineData(400, """{"message":"wrong api key"}""", DeliveryOutcome.Misconfigured)]
    [InlineData(400, """{"errors":["duplicate order"]}""", DeliveryOutcome.Duplicate)]
    [InlineData(409, """{"message":"Duplicate order"}""", DeliveryOutcome.Duplicate)]
    [InlineData(422, """{"error":"duplicate order","message":"wrong phone"}""", DeliveryOutcome.Duplicate)]
    [InlineData(300, """{"status":"ok","order_id":1}""", DeliveryOutcome.Misconfigured)]
    [InlineData(403, """{"error":"phone is in the stop list"}""", DeliveryOutcome.Rejected)]
    [InlineData(404, """{"error":"flow not found"}""", DeliveryOutcome.Misconfigured)]
    [InlineData(404, """{"error":"phone not found"}""", DeliveryOutcome.Rejected)]
    public void Known_words_tell_more_than_the_status(int status, string body, DeliveryOutcome expected) =>
        Assert.Equal(expected, Read(status, body).Outcome);

    [Theory]
    [InlineData(429, """{"status":"error","errors":["duplicate order"]}""")]
    [InlineData(500, """{"status":"error","errors":["wrong api key"]}""")]
    public void A_transient_failure_is_not_classified_by_its_text(int status, string body) =>
        Assert.Equal(DeliveryOutcome.Transient, Read(status, body).Outcome);

    [Theory]
    [InlineData(429, false)]
    [InlineData(408, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public void A_failure_after_the_order_went_out_may_hide_it_but_429_does_not(int status, bool mayHaveArrived) =>
        Assert.Equal(mayHaveArrived, Read(status, "<html>").MayHaveArrived);

    [Theory]
    [InlineData("""{"status":"ok","order_id":5,"error":"postponed"}""", DeliveryOutcome.Unconfirmed, "5")]
    [InlineData("""{"status":"ok","order_id":5,"errors":["postponed"]}""", DeliveryOutcome.Unconfirmed, "5")]
    [InlineData("""{"status":"ok","order_id":5,"error":"duplicate order"}""", DeliveryOutcome.Duplicate, "5")]
    [InlineData("""{"status":"ok","error":"postponed"}""", DeliveryOutcome.Rejected, null)]
    [InlineData("""{"status":"error","order_id":5,"error":"postponed"}""", DeliveryOutcome.Rejected, null)]
    public void An_order_beside_an_unknown_error_is_a_question_for_an_operator(string body, DeliveryOutcome outcome, string? orderId)
    {
        var reply = Read(200, body);

        Assert.Equal((outcome, orderId), (reply.Outcome, reply.OrderId));
    }

    [Fact]
    public void Retry_After_counts_only_where_the_order_is_tried_again()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), OfferumReplyReader.Read(HttpStatusCode.ServiceUnavailable, default, TimeSpan.FromSeconds(7)).RetryAfter);
        Assert.Null(OfferumReplyReader.Read(HttpStatusCode.BadRequest, default, TimeSpan.FromSeconds(7)).RetryAfter);
    }

    [Fact]
    public void The_body_is_kept_and_cut()
    {
        Assert.Equal("<html>я</html>", Read(200, "<html>я</html>").Body);
        Assert.Equal(3_999, Read(200, new string('x', 3_999) + "😀😀").Body!.Length);
    }

    [Fact]
    public void The_networks_words_are_not_repeated_as_they_may_quote_the_client()
    {
        foreach (var status in new[] { 200, 400, 403, 500 })
        {
            var reply = Read(status, """{"status":"error","errors":["phone +79000000001 of Анна Тестова is not valid"]}""");

            Assert.DoesNotContain("7900", reply.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain("Анна", reply.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Whatever_comes_is_read_into_an_outcome() =>
        Gen.Select(Gen.Int[200, 599], Gen.OneOf(Gen.Byte.Array[0, 300], JsonLike)).Sample(
            (status, body) =>
            {
                var reply = OfferumReplyReader.Read((HttpStatusCode)status, body, null);

                Assert.True(Enum.IsDefined(reply.Outcome));
                Assert.True(reply.Body!.Length <= OfferumReplyReader.MaxBody);
            },
            iter: 2_000);

    /// <summary>Pieces of answers in any order, most of them broken.</summary>
    private static Gen<byte[]> JsonLike =>
        Gen.OneOf(
                "{", "}", "[", "]", ":", ",", "\"status\"", "\"ok\"", "\"error\"", "\"errors\"", "\"order_id\"", "\"response\"", "\"message\"", "0", "1489733122",
                "null", "true", "\"\\ud83d\"", "\"\\u0000\"", "\"дубль\"", "1e400", "-0")
            .Array[0, 20]
            .Select(pieces => Encoding.UTF8.GetBytes("{" + string.Concat(pieces)));

    private static void AssertEverywhere(DeliveryOutcome expected, string words, DeliveryOutcome? besideAnOrder = null)
    {
        foreach (var body in new[]
        {
            $$"""{"status":"error","error":"{{words}}"}""",
            $$"""{"error":"{{words}}"}""",
            $$"""{"status":"error","errors":["{{words}}"]}""",
            $$"""{"status":"error","errors":["something","{{words}}"]}""",
            $$"""{"status":"error","message":"{{words}}"}""",
            $$"""{"success":false,"message":"{{words}}"}""",
        })
        {
            Assert.Equal((body, expected), (body, Read(200, body).Outcome));
        }

        Assert.Equal(besideAnOrder ?? expected, Read(200, $$"""{"status":"ok","order_id":5,"error":"{{words}}"}""").Outcome);
    }

    private static DeliveryReply Read(int status, string body) => OfferumReplyReader.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null);
}
