using System.Net;
using System.Text.Json.Nodes;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

public sealed class OfferumSimulatorTests : OfferumSimulatorTest
{
    [Fact]
    public async Task An_order_is_accepted_and_kept_with_all_that_was_sent()
    {
        using var reply = await Post(subId: "lead-5", query: "&source=agency");

        var json = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        var order = Assert.Single(Offerum.Orders);
        Assert.Equal(("ok", 0), ((string?)json["status"], (int)json["additional_status"]!));
        Assert.Equal(order.OrderId, (long)json["order_id"]!);
        Assert.True(order.Accepted);
        Assert.Equal(("POST", OfferumSimulator.DefaultKey, "zkVz"), (order.Method, order.Key, order.Flow));
        Assert.Equal(("agency", "lead-5"), (order.Source, order.SubId));
        Assert.Equal("application/x-www-form-urlencoded", order.ContentType);
        Assert.Equal("default_country=RU&phone=%2B79991000005&name=%D0%90%D0%BD%D0%BD%D0%B0", order.Body);
        Assert.Equal(("+79991000005", "Анна"), (order.Phone, order.Form["name"]));
        Assert.Equal((200, OfferumReplyKind.Ok), (order.Status, order.Reply));
        Assert.Equal(json.ToJsonString(), order.ReplyBody);
    }

    [Fact]
    public async Task Numbers_of_orders_rise()
    {
        using var first = await Post(phone: "+79991000001");
        using var second = await Post(phone: "+79991000002");

        Assert.True(Offerum.Orders.First().OrderId < Offerum.Orders.Last().OrderId);
    }

    [Fact]
    public async Task The_same_phone_in_the_same_flow_is_a_duplicate_in_any_form()
    {
        Offerum.Flows.Add("other");
        using var first = await Post(subId: "lead-1", phone: "+79991000001");
        using var again = await Post(subId: "lead-2", phone: "7 999 100-00-01");
        using var otherFlow = await Post(subId: "lead-3", phone: "+79991000001", flow: "other");

        var json = JsonNode.Parse(await again.Content.ReadAsStringAsync())!;
        Assert.Equal(("ok", 4), ((string?)json["status"], (int)json["additional_status"]!));
        Assert.NotNull(json["order_id"]);
        Assert.Equal([true, false, true], Offerum.Orders.Select(order => order.Accepted));
        Assert.Equal("lead-1,lead-3", string.Join(",", Offerum.AcceptedBySubId().Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(2, Offerum.Accepted);
    }

    [Fact]
    public async Task Without_the_filter_the_same_phone_is_sold_twice()
    {
        Offerum.FilterDuplicates = false;

        using var first = await Post(subId: "lead-1");
        using var again = await Post(subId: "lead-1");

        Assert.Equal(2, Offerum.AcceptedBySubId()["lead-1"]);
        Assert.Equal(2, Offerum.Sent("lead-1").Count);
    }

    [Fact]
    public async Task Forty_posts_of_one_phone_at_once_make_one_order()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Post(subId: "lead-1")));

        Assert.All(replies, reply => reply.Dispose());
        Assert.Equal(1, Offerum.Accepted);
        Assert.Equal(40, Offerum.Orders.Select(order => order.OrderId).ToHashSet().Count);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_until_it_is_known()
    {
        using var refused = await Post(key: "new-key");
        Offerum.Keys.Add("new-key");
        using var taken = await Post(key: "new-key");

        Assert.Equal([OfferumReplyKind.WrongKey, OfferumReplyKind.Ok], Offerum.Orders.Select(order => order.Reply));
        Assert.Contains("wrong api key", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_flow_is_case_sensitive()
    {
        using var reply = await Post(flow: "ZKVZ");

        Assert.Equal("""{"status":"error","errors":["error: wrong thread id"]}""", await reply.Content.ReadAsStringAsync());
        Assert.Equal(0, Offerum.Accepted);
    }

    [Fact]
    public async Task A_required_field_that_is_blank_is_named()
    {
        using var reply = await Post(phone: " ");

        Assert.Contains("phone is required", await reply.Content.ReadAsStringAsync());
        Assert.Equal(OfferumReplyKind.ValidationError, Offerum.Orders.Single().Reply);
    }

    [Fact]
    public async Task Required_fields_can_be_named_otherwise()
    {
        Offerum.RequiredFields.Remove("name");
        Offerum.RequiredFields.Add("fio");

        using var reply = await Post();

        Assert.Contains("fio is required", await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Json_is_not_taken_for_an_order()
    {
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var reply = await Http.PostAsync(Address(), json);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.StatusCode);
        Assert.False(Offerum.Orders.Single().Accepted);
    }

    [Fact]
    public async Task A_get_is_not_taken_for_an_order()
    {
        using var reply = await Http.GetAsync(Address());

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
        Assert.Equal("GET", Offerum.Orders.Single().Method);
    }

    [Fact]
    public async Task The_cabinet_shows_the_flows_to_a_known_key()
    {
        var known = await Cabinet($"flows/?key={OfferumSimulator.DefaultKey}");
        var offers = await Cabinet($"offers/?key={OfferumSimulator.DefaultKey}&type=my");
        var balance = await Cabinet($"balance/?key={OfferumSimulator.DefaultKey}");
        var unknown = await Cabinet("flows/?key=nobody");

        var flow = Assert.Single(known["response"]!["items"]!.AsArray())!;
        Assert.Equal("zkVz", (string?)flow["id"]);
        Assert.NotNull(flow["title"]);
        Assert.Equal((int)flow["offerId"]!, (int)offers["response"]!["items"]![0]!["id"]!);
        Assert.Single(balance["response"]!["items"]!.AsArray());
        Assert.False(string.IsNullOrEmpty((string?)unknown["error"]));
    }

    [Fact]
    public async Task The_cabinet_may_fail_while_orders_are_taken()
    {
        Offerum.CabinetReplies.Set(OfferumReplyKind.ServiceUnavailable);

        using var cabinet = await Http.GetAsync($"webmaster/flows/?key={OfferumSimulator.DefaultKey}");
        using var order = await Post();

        Assert.Equal((503, 200), ((int)cabinet.StatusCode, (int)order.StatusCode));
    }

    [Fact]
    public async Task While_it_is_down_a_connect_is_refused_and_afterwards_all_is_as_before()
    {
        using var before = await Post();

        await Offerum.GoDownAsync();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Post());
        await Offerum.ComeBackAsync(TestContext.Current.CancellationToken);
        using var after = await Post();

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.Equal([true, false], Offerum.Orders.Select(order => order.Accepted));
    }

    [Fact]
    public async Task It_refuses_to_listen_anywhere_but_on_loopback()
    {
        var options = new OfferumSimulatorOptions { Endpoint = new IPEndPoint(IPAddress.Any, 0) };

        await Assert.ThrowsAsync<ArgumentException>(() => OfferumSimulator.StartAsync(options, TestContext.Current.CancellationToken));
    }

    private async Task<JsonNode> Cabinet(string path) => JsonNode.Parse(await Http.GetStringAsync("webmaster/" + path))!;

    private async Task<HttpResponseMessage> Post(
        string subId = "lead-5", string phone = "+79991000005", string key = OfferumSimulator.DefaultKey, string flow = "zkVz",
        string query = "")
    {
        using var form = new FormUrlEncodedContent([new("default_country", "RU"), new("phone", phone), new("name", "Анна")]);
        return await Http.PostAsync(Address(key, flow, subId) + query, form);
    }

    private static string Address(string key = OfferumSimulator.DefaultKey, string flow = "zkVz", string subId = "lead-5") =>
        $"webmaster/order/?key={key}&flow={flow}&subid={subId}";
}
