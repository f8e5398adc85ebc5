using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>What an operator may do with an operation, and what its state does not allow.</summary>
public sealed class OperatorActionTests(OperatorActionTests.Leads leads) : IClassFixture<OperatorActionTests.Leads>
{
    private readonly PipelineApp _app = leads.App;

    [Fact]
    public async Task A_failed_record_is_fetched_again_and_sold()
    {
        await _app.WaitForAsync("lead", Leads.Missing, "Failed");
        _app.Uon.Leads.Put(UonRecord.Lead(Leads.Missing));

        var answer = await ActAsync(Leads.Missing, "replay", new { from = "enrich", by = "Мария" });
        var operation = await _app.WaitForAsync("lead", Leads.Missing, "Delivered");

        Assert.Equal("Waiting", answer.State());
        Assert.Equal("webhook waiting failed replayed fetched enriched claimed sent delivered", operation.Events());
        Assert.Single(_app.Offerum.Sent($"lead-{Leads.Missing}"));
    }

    [Fact]
    public async Task A_rejected_order_is_sent_again_as_it_was()
    {
        await _app.WaitForAsync("lead", Leads.Rejected, "Rejected");
        _app.Offerum.ForSubId($"lead-{Leads.Rejected}").Clear();

        var answer = await ActAsync(Leads.Rejected, "replay", new { from = "send" });
        var operation = await _app.WaitForAsync("lead", Leads.Rejected, "Delivered");

        Assert.Equal("Enriched", answer.State());
        Assert.EndsWith("rejected replayed claimed sent delivered", operation.Events(), StringComparison.Ordinal);
        var sent = _app.Offerum.Sent($"lead-{Leads.Rejected}");
        Assert.Equal(sent[0].Body, sent[1].Body);
        Assert.Equal(1, _app.Uon.CallsTo(UonRoute.Lead, Leads.Rejected));
    }

    [Fact]
    public async Task A_corrected_phone_is_sent_and_found_and_only_its_field_is_told()
    {
        await _app.WaitForAsync("lead", Leads.ToEdit, "Rejected");
        _app.Offerum.ForSubId($"lead-{Leads.ToEdit}").Clear();

        var answer = await ActAsync(Leads.ToEdit, "edit", new { fields = new { phone = "+375 29 100-00-03", client_name = "Ольга" }, by = "Мария" });
        var operation = await _app.WaitForAsync("lead", Leads.ToEdit, "Delivered");

        Assert.Equal("+3*******03", answer.Field("phone"));
        var order = _app.Offerum.Sent($"lead-{Leads.ToEdit}")[^1];
        Assert.Equal("+375291000003", order.Phone);
        Assert.Equal("BY", order.Form["default_country"]);
        Assert.Equal("Ольга", order.Form["name"]);
        Assert.EndsWith("rejected edited claimed sent delivered", operation.Events(), StringComparison.Ordinal);
        var detail = operation.GetProperty("events").EnumerateArray().Single(line => line.Text("name") == "edited").Text("detail");
        Assert.Equal("phone, country, client_name (by Мария)", detail);
        var found = await _app.Http.GetFromJsonAsync<JsonElement>("operations?phone=%2B375291000003");
        Assert.Equal($"main/lead/{Leads.ToEdit}", Assert.Single(found.GetProperty("items").EnumerateArray()).Text("id"));
        var former = await _app.Http.GetFromJsonAsync<JsonElement>($"operations?phone={Uri.EscapeDataString(UonRecord.Lead(Leads.ToEdit).E164!)}");
        Assert.Empty(former.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_order_seen_in_the_cabinet_is_resolved_and_found_by_its_number()
    {
        await _app.WaitForAsync("lead", Leads.Unconfirmed, "Unconfirmed");

        var answer = await ActAsync(Leads.Unconfirmed, "resolve", new { @as = "delivered", orderId = "A-77", note = "видела в кабинете", by = "Мария" });

        Assert.Equal("Delivered", answer.State());
        Assert.Equal("A-77", answer.Delivery().Text("orderId"));
        Assert.Null(answer.ErrorCode());
        Assert.EndsWith("unconfirmed resolved", answer.Events(), StringComparison.Ordinal);
        Assert.Contains("видела в кабинете", answer.GetProperty("events").EnumerateArray().Last().Text("detail"), StringComparison.Ordinal);
        var found = await _app.Http.GetFromJsonAsync<JsonElement>("operations?text=A-77");
        Assert.Equal($"main/lead/{Leads.Unconfirmed}", Assert.Single(found.GetProperty("items").EnumerateArray()).Text("id"));
        await IsRefusedAsync(Leads.Unconfirmed, "replay", new { from = "send" });
        Assert.Single(_app.Offerum.Sent($"lead-{Leads.Unconfirmed}"));
    }

    [Fact]
    public async Task A_discarded_record_rests_until_it_is_fetched_again()
    {
        await _app.WaitForAsync("lead", Leads.ToDiscard, "Failed");

        Assert.Equal("Discarded", (await ActAsync(Leads.ToDiscard, "resolve", new { @as = "discarded", note = "спам" })).State());
        await IsRefusedAsync(Leads.ToDiscard, "replay", new { from = "send" });
        await IsRefusedAsync(Leads.ToDiscard, "resolve", new { @as = "discarded" });
        _app.Uon.Leads.Put(UonRecord.Lead(Leads.ToDiscard));
        await ActAsync(Leads.ToDiscard, "replay", new { from = "enrich" });

        await _app.WaitForAsync("lead", Leads.ToDiscard, "Delivered");
    }

    [Theory]
    [InlineData(Leads.Sold, "Delivered")]
    [InlineData(Leads.SoldElsewhere, "Duplicate")]
    public async Task What_is_sold_is_never_sent_again(long id, string state)
    {
        await _app.WaitForAsync("lead", id, state);

        await IsRefusedAsync(id, "replay", new { from = "enrich" });
        await IsRefusedAsync(id, "replay", new { from = "send" });
        await IsRefusedAsync(id, "edit", new { fields = new { phone = "+79990000000" } });
        await IsRefusedAsync(id, "resolve", new { @as = "discarded" });
        await IsRefusedAsync(id, "resolve", new { @as = "delivered" });

        Assert.Equal(state, (await _app.OperationAsync("lead", id))!.Value.State());
        await _app.WaitUntilQuietAsync();
        Assert.Single(_app.Offerum.Sent($"lead-{id}"));
    }

    [Fact]
    public async Task A_skipped_record_can_be_fetched_again_and_nothing_else()
    {
        await _app.WaitForAsync("lead", Leads.Old, "Skipped");

        await IsRefusedAsync(Leads.Old, "replay", new { from = "send" });
        await IsRefusedAsync(Leads.Old, "edit", new { fields = new { phone = "+79990000000" } });
        await IsRefusedAsync(Leads.Old, "resolve", new { @as = "delivered" });
        Assert.Equal("Waiting", (await ActAsync(Leads.Old, "replay", new { from = "enrich" })).State());
    }

    [Fact]
    public async Task What_never_had_a_phone_cannot_be_sent_until_it_is_given_one()
    {
        await _app.WaitForAsync("lead", Leads.NoPhone, "Failed");

        await IsRefusedAsync(Leads.NoPhone, "replay", new { from = "send" });
        await ActAsync(Leads.NoPhone, "edit", new { fields = new { phone = "8 (999) 555-00-11" } });

        await _app.WaitForAsync("lead", Leads.NoPhone, "Delivered");
        Assert.Equal("+79995550011", Assert.Single(_app.Offerum.Sent($"lead-{Leads.NoPhone}")).Phone);
    }

    [Theory]
    [InlineData("replay", "")]
    [InlineData("replay", "not json")]
    [InlineData("replay", """{"from":"sideways"}""")]
    [InlineData("replay", "[]")]
    [InlineData("replay", "null")]
    [InlineData("edit", "{}")]
    [InlineData("edit", """{"fields":{}}""")]
    [InlineData("edit", """{"fields":{"phone":"none"}}""")]
    [InlineData("edit", """{"fields":{"phone":null}}""")]
    [InlineData("edit", """{"fields":["phone"]}""")]
    [InlineData("resolve", """{"as":"sold"}""")]
    [InlineData("resolve", "{}")]
    [InlineData("resolve", """{"as":"discarded","destinaton":"http"}""")]
    [InlineData("reveal", "not json")]
    public async Task A_body_that_makes_no_sense_is_refused_with_a_remedy(string action, string body)
    {
        using var answer = await _app.Http.PostAsync($"operations/main/lead/{Leads.Sold}/{action}", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("edit")]
    [InlineData("resolve")]
    [InlineData("reveal")]
    public async Task An_operation_that_is_not_there_is_not_found(string action)
    {
        var body = new { from = "enrich", fields = new { phone = "+79990000000" }, @as = "discarded" };
        foreach (var id in new[] { "main/lead/999", "nobody/lead/999" })
        {
            using var answer = await _app.PostAsync($"operations/{id}/{action}", body);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private async Task<JsonElement> ActAsync(long id, string action, object body)
    {
        using var answer = await _app.PostAsync($"operations/main/lead/{id}/{action}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task IsRefusedAsync(long id, string action, object body)
    {
        using var answer = await _app.PostAsync($"operations/main/lead/{id}/{action}", body);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(string.IsNullOrWhiteSpace((await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("detail")));
    }

    public sealed class Leads(AzuriteFixture azurite) : SharedApp(azurite)
    {
        public const long Missing = 601;
        public const long Rejected = 602;
        public const long ToEdit = 603;
        public const long Unconfirmed = 604;
        public const long ToDiscard = 605;
        public const long Sold = 606;
        public const long SoldElsewhere = 607;
        public const long Old = 608;
        public const long NoPhone = 609;

        protected override PipelineAppSetup Setup => new() { Settings = [("Pipelines:main:Uon:WaitFor", "00:00:01")] };

        protected override async Task FillAsync()
        {
            foreach (var id in new[] { Rejected, ToEdit, Unconfirmed, Sold, SoldElsewhere })
            {
                App.Uon.Leads.Put(UonRecord.Lead(id));
            }

            App.Uon.Leads.Put(UonRecord.Lead(Old, TimeProvider.System.GetUtcNow().AddDays(-60)));
            App.Uon.Leads.Put(UonRecord.Lead(NoPhone).With(UonQuirk.PhoneMissing));
            App.Offerum.ForSubId($"lead-{Rejected}").Set(OfferumReplyKind.NameError);
            App.Offerum.ForSubId($"lead-{ToEdit}").Set(OfferumReplyKind.PhoneError);
            App.Offerum.ForSubId($"lead-{Unconfirmed}").Set(OfferumReplyKind.HtmlPage);
            App.Offerum.ForSubId($"lead-{SoldElsewhere}").Set(OfferumReplyKind.OkDuplicate4);
            for (var id = Missing; id <= NoPhone; id++)
            {
                using var answer = await App.SendWebhookAsync(id);
                answer.EnsureSuccessStatusCode();
            }
        }
    }
}
