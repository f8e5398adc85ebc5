using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>Lists: filters, search and paging over 120 operations of one pipeline and a few of another.</summary>
public sealed class OperationListTests(OperationListTests.Apps apps) : IClassFixture<OperationListTests.Apps>
{
    private const int Many = 120;
    private readonly PipelineApp _app = apps.App;

    [Theory]
    [InlineData("pipeline=many", 120, 7)]
    [InlineData("pipeline=many&state=Skipped", 120, 50)]
    [InlineData("pipeline=many&kind=lead", 60, 25)]
    [InlineData("", 126, 50)]
    [InlineData("pipeline=many", 120, 500)]
    [InlineData("pipeline=many", 120, 60)]
    public async Task Pages_follow_one_another_without_gaps_or_repeats_newest_first(string query, int expected, int take)
    {
        var seen = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await ListAsync($"{query}&take={take}{(next is null ? "" : $"&cursor={Uri.EscapeDataString(next)}")}");
            var items = page.GetProperty("items").EnumerateArray().ToList();
            Assert.True(items.Count == take || page.Text("next") is null, "A page that is not the last is full.");
            seen.AddRange(items);
            next = page.Text("next");
        }
        while (next is not null);

        Assert.Equal(expected, seen.Count);
        Assert.Equal(expected, seen.Select(item => item.Text("id")).Distinct().Count());
        var times = seen.Select(item => item.GetProperty("receivedAt").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Without_take_a_page_has_fifty()
    {
        Assert.Equal(50, (await ListAsync("pipeline=many")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("pipeline=few", "few/lead/1 few/lead/2 few/lead/3 few/request/1 few/request/2 few/request/3")]
    [InlineData("pipeline=few&kind=lead", "few/lead/1 few/lead/2 few/lead/3")]
    [InlineData("pipeline=few&state=Delivered", "few/lead/1 few/request/1")]
    [InlineData("pipeline=few&state=delivered&kind=request", "few/request/1")]
    [InlineData("state=Rejected", "few/lead/2 few/request/2")]
    [InlineData("state=Failed", "few/lead/3 few/request/3")]
    [InlineData("pipeline=few&state=Held", "")]
    [InlineData("text=3&pipeline=few", "few/lead/3 few/request/3")]
    [InlineData("text=1&kind=request&pipeline=few", "few/request/1")]
    [InlineData("text=999999", "")]
    public async Task A_list_has_what_was_asked_for(string query, string ids)
    {
        var items = (await ListAsync(query)).GetProperty("items").EnumerateArray();

        Assert.Equal(ids, string.Join(' ', items.Select(item => item.Text("id")).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("+79991000001")]
    [InlineData("%2B79991000001")]
    [InlineData("8 (999) 100-00-01")]
    [InlineData("79991000001")]
    [InlineData("9991000001")]
    [InlineData(" 7 999 100 00 01")]
    public async Task A_phone_is_found_in_whatever_form_it_is_written(string phone)
    {
        var page = await ListAsync($"pipeline=few&phone={phone}");

        Assert.Equal("few/lead/1", Assert.Single(page.GetProperty("items").EnumerateArray()).Text("id"));
    }

    [Fact]
    public async Task An_order_is_found_by_its_number()
    {
        var order = Assert.Single(_app.Offerum.Sent("request-1"));

        var page = await ListAsync($"text={order.OrderId}");

        Assert.Equal("few/request/1", Assert.Single(page.GetProperty("items").EnumerateArray()).Text("id"));
    }

    [Fact]
    public async Task A_time_range_has_its_beginning_and_not_its_end()
    {
        var all = (await ListAsync("pipeline=many&take=500")).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("receivedAt").GetDateTimeOffset()).Order().ToList();
        var (from, to) = (all[30], all[90]);
        var expected = all.Count(at => at >= from && at < to);

        foreach (var state in new[] { "", "&state=Skipped" })
        {
            var page = await ListAsync($"pipeline=many&take=500&from={Iso(from)}&to={Iso(to)}{state}");
            Assert.Equal(expected, page.GetProperty("items").GetArrayLength());
        }

        Assert.Equal(0, (await ListAsync($"pipeline=many&to={Iso(all[0])}")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await ListAsync($"pipeline=many&from={Iso(all[^1].AddTicks(1))}")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_item_of_a_list_has_the_shape_of_an_operation()
    {
        var item = (await ListAsync("pipeline=few&text=1&kind=lead")).GetProperty("items")[0];
        var operation = (await _app.OperationAsync("few/lead/1"))!.Value;

        Assert.Equal(operation.EnumerateObject().Select(p => p.Name), item.EnumerateObject().Select(p => p.Name));
        Assert.Equal("+7*******01", item.Field("phone"));
        Assert.Equal(["items", "next"], (await ListAsync("pipeline=few")).EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("state=Sold")]
    [InlineData("state=3")]
    [InlineData("state=Rejected,Uncertain")]
    [InlineData("kind=offer")]
    [InlineData("pipeline=nobody")]
    [InlineData("from=yesterday")]
    [InlineData("to=2026-13-01")]
    [InlineData("to=0001-01-01")]
    [InlineData("phone=none")]
    [InlineData("take=0")]
    [InlineData("take=501")]
    [InlineData("take=ten")]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=%00")]
    [InlineData("state=Refused&pipeline=nobody")]
    [InlineData("state=Refused&format=xml")]
    [InlineData("state=Unmatched&format=csv&language=fr")]
    [InlineData("format=CSV")]
    public async Task A_question_that_makes_no_sense_is_refused_with_a_remedy(string query)
    {
        using var answer = await _app.Http.GetAsync($"operations?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(string.IsNullOrWhiteSpace((await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("detail")));
    }

    private static string Iso(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));

    private Task<JsonElement> ListAsync(string query) => _app.Http.GetFromJsonAsync<JsonElement>($"operations?{query}");

    public sealed class Apps(AzuriteFixture azurite) : SharedApp(azurite)
    {
        protected override PipelineAppSetup Setup => new() { Pipelines = ["many", "few"], Settings = [("Pipelines:many:Uon:MaxAge", "00:01:00")] };

        protected override async Task FillAsync()
        {
            for (var id = 1_001; id <= 1_000 + Many / 2; id++)
            {
                App.Uon.Leads.Put(UonRecord.Lead(id, TimeProvider.System.GetUtcNow().AddDays(-1)));
                App.Uon.Requests.Put(UonRecord.Request(id, TimeProvider.System.GetUtcNow().AddDays(-1)));
            }

            // 1 is sold, 2 refused, and 3 has no phone.
            foreach (var kind in new[] { "lead", "request" })
            {
                App.Offerum.ForSubId($"{kind}-2").Set(OfferumReplyKind.PhoneError);
            }

            App.Uon.Leads.Put(UonRecord.Lead(1));
            App.Uon.Leads.Put(UonRecord.Lead(2));
            App.Uon.Leads.Put(UonRecord.Lead(3).With(UonQuirk.PhoneInWords));
            App.Uon.Requests.Put(UonRecord.Request(1));
            App.Uon.Requests.Put(UonRecord.Request(2));
            App.Uon.Requests.Put(UonRecord.Request(3).With(UonQuirk.PhoneInWords));
            var webhooks = Enumerable.Range(1_001, Many / 2).Select(id => ("many", id)).Concat(Enumerable.Range(1, 3).Select(id => ("few", id)));
            foreach (var (pipeline, id) in webhooks)
            {
                using var lead = await App.SendWebhookAsync(id, UonWebhook.LeadCreated, pipeline);
                using var request = await App.SendWebhookAsync(id, UonWebhook.RequestCreated, pipeline);
            }

            await App.WaitUntilQuietAsync();
        }
    }
}
