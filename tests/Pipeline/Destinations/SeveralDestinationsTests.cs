using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>One webhook, several destinations: each delivers or fails on its own.</summary>
public sealed class SeveralDestinationsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private CallSink _http = null!;

    public async ValueTask InitializeAsync() =>
        _http = await CallSink.StartAsync(call => new SinkAnswer(200, $$"""{"id":{{call.Number}}}"""), CancellationToken.None);

    public ValueTask DisposeAsync() => _http.DisposeAsync();

    [Fact]
    public async Task One_that_is_down_holds_up_nobody_and_gets_its_order_later()
    {
        await using var app = await PipelineApp.StartAsync(azurite, [.. Http, ("Pipelines:main:Http:Retry", ManyDestinations.Soon)]);
        var record = UonRecord.Lead(1);
        app.Uon.Leads.Put(record);
        await _http.GoDownAsync();

        using var answer = await app.SendWebhookAsync(1);
        await app.WaitForAsync("main/lead/1", story => story.State("offerum") == "Delivered" && story.State("http") == "Waiting", "deliver to Offerum while the other is down");
        Assert.Single(app.Offerum.Sent("lead-1"));
        await _http.ComeBackAsync(CancellationToken.None);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Equal("1", story.Delivery("http").Text("orderId"));
        Assert.Contains($"\"phone\":\"{record.E164}\"", Assert.Single(_http.Calls).Body, StringComparison.Ordinal);
        Assert.Single(app.Offerum.Sent("lead-1"));
    }

    [Fact]
    public async Task A_wrong_key_of_one_holds_only_that_one()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Http);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        ManyDestinations.Refuse(_http, new SinkAnswer(401, ""));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("offerum") == "Delivered" && s.State("http") == "Held", "hold one and deliver the other");

        Assert.Equal("Held", story.State());
        Assert.Equal("http-denied", story.ErrorCode());
        _http.Clear();
        using var resume = await app.PostAsync("pipelines/main/resume", new { });
        await app.WaitForAsync("lead", 1, "Delivered");
        Assert.Single(app.Offerum.Sent("lead-1"));
    }

    [Fact]
    public async Task A_pipeline_may_do_without_Offerum()
    {
        await using var app = await PipelineApp.StartAsync(
            azurite, [.. Http, .. new[] { "ApiKey", "Flow", "BaseAddress", "Timeout", "Retry" }.Select(key => ($"Pipelines:main:Offerum:{key}", (string?)null))]);
        app.Uon.Leads.Put(UonRecord.Lead(1));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Equal("http", story.Delivery().Text("destination"));
        Assert.Empty(app.Offerum.Orders);
        using var check = await app.PostAsync("pipelines/main/check", new { });
        Assert.DoesNotContain("offerum", await check.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_reply_waits_for_an_operator_as_a_second_order_may_harm()
    {
        await using var app = await PipelineApp.StartAsync(azurite, [.. Http, ("Pipelines:main:Http:Timeout", "00:00:01")]);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _http.Next(new SinkAnswer(200, "") { Hangs = true });

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("http") == "Uncertain" && s.State("offerum") == "Delivered", "wait for an operator");

        Assert.Equal("uncertain", story.ErrorCode());
        Assert.Single(_http.Calls);
    }

    [Fact]
    public async Task An_unused_destinations_queue_is_shown_only_while_it_holds_work()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        Assert.Equal(["uon-records", "uon-records-poison", "offerum-orders", "offerum-orders-poison"], await QueuesAsync(app));

        await app.Queue("http-orders").CreateIfNotExistsAsync();
        await app.Queue("http-orders").SendMessageAsync("left over", visibilityTimeout: TimeSpan.FromHours(1));

        Assert.Contains("http-orders", await QueuesAsync(app));
    }

    private static async Task<IEnumerable<string?>> QueuesAsync(PipelineApp app) =>
        (await app.Http.HealthDetailsAsync()).GetProperty("queues").EnumerateArray().Select(q => q.Text("name"));

    private (string Key, string? Value)[] Http =>
    [
        ("Pipelines:main:Http:Url", new Uri(_http.BaseAddress, "leads").AbsoluteUri),
        ("Pipelines:main:Http:Json:phone", "{phone}"),
        ("Pipelines:main:Http:Json:name", "{client_name|client_surname|'Клиент'}"),
        ("Pipelines:main:Http:OrderId", """["id"]"""),
        ("Pipelines:main:Http:RequestsPerSecond", "1000"),
    ];
}
