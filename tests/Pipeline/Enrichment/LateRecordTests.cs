using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>The webhook comes before the record is complete, and the phone may stand elsewhere.</summary>
public sealed class LateRecordTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Sold = "fetched enriched claimed sent delivered";
    private readonly PipelineApp _app = shared.App;

    [Theory]
    [InlineData(101, UonUntilThen.Missing)]
    [InlineData(102, UonUntilThen.WithoutPhone)]
    [InlineData(103, UonUntilThen.WithoutClient)]
    public async Task A_record_that_completes_late_is_waited_for(long id, UonUntilThen untilThen)
    {
        var record = UonRecord.Lead(id).CompletesAfter(reads: 1, untilThen);
        _app.Uon.Leads.Put(record);

        using var answer = await _app.SendWebhookAsync(id);
        var operation = await _app.WaitForAsync("lead", id, "Delivered");

        Assert.Equal($"webhook waiting {Sold}", operation.Events());
        // The state passes too quickly to be seen on a busy machine; the story keeps it.
        var waiting = operation.GetProperty("events").EnumerateArray().Single(line => line.Text("name") == "waiting").Text("detail")!;
        Assert.StartsWith(untilThen == UonUntilThen.Missing ? $"U-ON has no lead with number {id}." : "Neither the record, nor the webhook, nor the client's card has a phone.", waiting, StringComparison.Ordinal);
        Assert.Contains(" Next try at 20", waiting, StringComparison.Ordinal);
        Assert.Equal(2, _app.Uon.CallsTo(UonRoute.Lead, id));
        Assert.Equal(record.E164, Assert.Single(_app.Offerum.Sent($"lead-{id}")).Phone);
    }

    [Fact]
    public async Task A_record_that_never_comes_is_given_up_whatever_the_webhook_claims()
    {
        using var answer = await _app.SendWebhookAsync(111, more: [("client[u_phone_mobile]", "+79990000111"), ("client[u_name]", "Анна")]);

        var operation = await _app.WaitForAsync("lead", 111, "Failed");

        Assert.Equal("record-not-found", operation.ErrorCode());
        Assert.Equal("webhook waiting waiting failed", operation.Events());
        Assert.Empty(_app.Offerum.Sent("lead-111"));
    }

    [Fact]
    public async Task A_zero_is_no_phone_and_a_number_on_the_card_is_one()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(114).With("client_phone", "0").With("client_phone_mobile", 0));
        var lead = UonRecord.Lead(115).With("client_phone", "0").With("client_phone_mobile", "0");
        _app.Uon.Leads.Put(lead);
        _app.Uon.Users.Put(UonRecord.UserOf(lead).With("u_phone", 79990000115).With("u_phone_mobile", null));
        using var nowhere = await _app.SendWebhookAsync(114);
        using var onCard = await _app.SendWebhookAsync(115);

        Assert.Equal("no-phone", (await _app.WaitForAsync("lead", 114, "Failed")).ErrorCode());
        await _app.WaitForAsync("lead", 115, "Delivered");
        Assert.Equal("+79990000115", Assert.Single(_app.Offerum.Sent("lead-115")).Phone);
    }

    [Fact]
    public async Task A_record_that_never_gets_a_phone_is_given_up()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(112).With(UonQuirk.PhoneMissing));
        using var answer = await _app.SendWebhookAsync(112);

        var operation = await _app.WaitForAsync("lead", 112, "Failed");

        Assert.Equal("no-phone", operation.ErrorCode());
        Assert.Equal("webhook waiting waiting failed", operation.Events());
    }

    [Fact]
    public async Task A_repeated_webhook_looks_at_once()
    {
        using var first = await _app.SendWebhookAsync(113);
        await _app.WaitForAsync("lead", 113, "Failed");
        _app.Uon.Leads.Put(UonRecord.Lead(113));

        using var second = await _app.SendWebhookAsync(113);

        Assert.Equal($"webhook waiting waiting failed webhook {Sold}", (await _app.WaitForAsync("lead", 113, "Delivered")).Events());
    }

    [Theory]
    [InlineData(121, "client[u_phone_mobile]")]
    [InlineData(122, "client[u_phone]")]
    public async Task A_missing_phone_is_taken_from_the_webhook_at_once(long id, string field)
    {
        _app.Uon.Leads.Put(UonRecord.Lead(id).With(UonQuirk.PhoneMissing).With("client_name", null).With("client_surname", null));

        using var answer = await _app.SendWebhookAsync(id, more: [(field, $"8 (999) 000-01-{id % 100}"), ("client[u_name]", "Пётр")]);

        Assert.Equal($"webhook {Sold}", (await _app.WaitForAsync("lead", id, "Delivered")).Events());
        var order = Assert.Single(_app.Offerum.Sent($"lead-{id}"));
        Assert.Equal($"+799900001{id % 100}", order.Phone);
        Assert.Equal("Пётр", order.Form["name"]);
        Assert.DoesNotContain(_app.Uon.Calls, call => call.Route == UonRoute.User && call.Path.Contains($"{UonRecord.UserOf(UonRecord.Lead(id)).Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_records_own_phone_and_name_stand_before_the_webhooks()
    {
        var record = UonRecord.Lead(123);
        _app.Uon.Leads.Put(record);

        using var answer = await _app.SendWebhookAsync(123, more: [("client[u_phone_mobile]", "+79990000123"), ("client[u_name]", "Пётр")]);
        await _app.WaitForAsync("lead", 123, "Delivered");

        var order = Assert.Single(_app.Offerum.Sent("lead-123"));
        Assert.Equal(record.E164, order.Phone);
        Assert.Equal(record.Text("client_name"), order.Form["name"]);
    }

    [Fact]
    public async Task What_the_webhook_said_is_not_forgotten_while_the_record_is_waited_for()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(124).With(UonQuirk.PhoneMissing).CompletesAfter(reads: 1));

        using var answer = await _app.SendWebhookAsync(124, more: [("client[u_phone]", "+79990000124")]);
        await _app.WaitForAsync("lead", 124, "Delivered");

        Assert.Equal("+79990000124", Assert.Single(_app.Offerum.Sent("lead-124")).Phone);
    }

    [Fact]
    public async Task A_later_webhook_without_a_client_leaves_the_phone_of_the_first()
    {
        using var first = await _app.SendWebhookAsync(125, more: [("client[u_phone]", "+79990000125")]);
        await _app.WaitForAsync("lead", 125, "Failed");
        _app.Uon.Leads.Put(UonRecord.Lead(125).With(UonQuirk.PhoneMissing));

        using var second = await _app.SendWebhookAsync(125);
        await _app.WaitForAsync("lead", 125, "Delivered");

        Assert.Equal("+79990000125", Assert.Single(_app.Offerum.Sent("lead-125")).Phone);
    }

    [Fact]
    public async Task A_phone_that_is_nowhere_else_is_taken_from_the_clients_card()
    {
        var record = UonRecord.Request(131);
        _app.Uon.Users.Put(UonRecord.UserOf(record));
        _app.Uon.Requests.Put(UonRecord.Request(131).With(UonQuirk.PhoneMissing).With("client_name", ""));

        using var answer = await _app.SendWebhookAsync(131, UonWebhook.RequestCreated);

        Assert.Equal($"webhook {Sold}", (await _app.WaitForAsync("request", 131, "Delivered")).Events());
        var order = Assert.Single(_app.Offerum.Sent("request-131"));
        Assert.Equal(record.E164, order.Phone);
        Assert.Equal(record.Text("client_name"), order.Form["name"]);
    }

    [Fact]
    public async Task A_failure_at_the_clients_card_is_retried()
    {
        var record = UonRecord.Lead(132);
        var card = UonRecord.UserOf(record);
        _app.Uon.Users.Put(card);
        _app.Uon.Users.Faults(card.Id).Set(UonFault.ServerError, Repeat.Once);
        _app.Uon.Leads.Put(UonRecord.Lead(132).With(UonQuirk.PhoneMissing));

        using var answer = await _app.SendWebhookAsync(132);

        Assert.Equal($"webhook retry {Sold}", (await _app.WaitForAsync("lead", 132, "Delivered")).Events());
        Assert.Equal(record.E164, Assert.Single(_app.Offerum.Sent("lead-132")).Phone);
    }
}
