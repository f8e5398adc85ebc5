using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Alerts;

/// <summary>Alerts over real sockets: a mail server and a Bot API, both of which reach nobody.</summary>
public sealed class AlertTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Token = "bot-token-for-tests";
    private const string MaxToken = "max-token-for-tests";
    private const string Console = "http://127.0.0.1:7071/api/console";

    private readonly ConcurrentQueue<(string Path, string Query, string Authorization, JsonElement Body)> _calls = new();
    private SmtpStandIn _mail = new();
    private WebApplication? _telegram;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _telegram = builder.Build();
        _telegram.Urls.Add("http://127.0.0.1:0");
        _telegram.MapPost("/{**path}", async (HttpContext context) =>
        {
            _calls.Enqueue((
                context.Request.Path.Value ?? "", context.Request.QueryString.Value ?? "", context.Request.Headers.Authorization.ToString(), await context.Request.ReadFromJsonAsync<JsonElement>()));
            return Results.Json(new { ok = true });
        });
        await _telegram.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _telegram!.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task A_new_cause_notifies_everybody_once_and_names_no_client()
    {
        await using var app = await StartAsync();
        await RejectAsync(app, 1, 2);

        await Task.WhenAll(WatchAsync(app), WatchAsync(app));
        await RejectAsync(app, 3);
        await WatchAsync(app);

        Assert.Equal(["first@example.org", "second@example.org"], _mail.Mails.Select(m => m.To.ToString()).Order());
        Assert.Equal(["1", "2"], _calls.Select(c => c.Body.Text("chat_id")).Order());
        Assert.All(_calls, call => Assert.Equal($"/bot{Token}/sendMessage", call.Path));
        var mail = _mail.Mails.First();
        Assert.Equal("⚠️ main: отклонено, записей: 2", mail.Subject);
        Assert.Contains("offerum-rejected", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(Console, mail.TextBody, StringComparison.Ordinal);
        Assert.All(_calls, call => Assert.Contains(mail.Subject!, call.Body.Text("text"), StringComparison.Ordinal));
        Assert.All(["999", "Анна", "lead-1", UonSimulator.DefaultApiKey, OfferumSimulator.DefaultKey, PipelineApp.Secret], secret =>
        {
            Assert.DoesNotContain(secret, mail.TextBody, StringComparison.Ordinal);
            Assert.All(_calls, call => Assert.DoesNotContain(secret, call.Body.Text("text"), StringComparison.Ordinal));
        });

        await FailAsync(app, 4);
        await WatchAsync(app);
        Assert.Equal(4, _mail.Mails.Count);
        Assert.Contains("bad-phone", _mail.Mails.Last().TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_stops_no_lead_and_gets_its_mail_later()
    {
        var port = _mail.Port;
        await _mail.DisposeAsync();
        await using var app = await StartAsync(port);
        await RejectAsync(app, 1);

        await WatchAsync(app);
        app.Uon.Leads.Put(UonRecord.Lead(5));
        using var answer = await app.SendWebhookAsync(5);
        await app.WaitForAsync("lead", 5, "Delivered");

        var away = await ChannelsAsync(app);
        Assert.False(away["email"].GetProperty("ok").GetBoolean());
        Assert.Contains("Alerts:Email:Smtp", away["email"].Text("message"), StringComparison.Ordinal);
        Assert.True(away["telegram"].GetProperty("ok").GetBoolean());
        Assert.Equal(2, _calls.Count);

        _mail = new SmtpStandIn(port);
        await WatchAsync(app);

        Assert.Equal(2, _mail.Mails.Count);
        Assert.Equal(2, _calls.Count);
        Assert.True((await ChannelsAsync(app))["email"].GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_destination_that_is_held_is_told_and_told_again_when_it_works()
    {
        await using var app = await StartAsync();
        app.Offerum.Keys.Remove(OfferumSimulator.DefaultKey);
        app.Uon.Leads.Put(UonRecord.Lead(6));
        using var answer = await app.SendWebhookAsync(6);
        await app.WaitForAsync("lead", 6, "Held");

        // The held delivery is journaled before its breaker opens.
        await Eventually.UntilAsync(async () =>
        {
            await WatchAsync(app);
            return !_mail.Mails.IsEmpty;
        });

        Assert.Equal("⛔ main: Offerum — работа приостановлена", _mail.Mails.Last().Subject);

        app.Offerum.Keys.Add(OfferumSimulator.DefaultKey);
        using var resumed = await app.PostAsync("pipelines/main/resume", new { });
        await app.WaitForAsync("lead", 6, "Delivered");
        await WatchAsync(app);

        Assert.Equal("✅ main: Offerum снова работает", _mail.Mails.Last().Subject);
        Assert.Equal(4, _mail.Mails.Count);
    }

    [Fact]
    public async Task MAX_gets_every_alert_too_and_a_channel_that_fails_is_seen_on_the_page()
    {
        var port = _mail.Port;
        await _mail.DisposeAsync();
        await using var app = await StartAsync(
            port, ("Alerts:Max:Token", MaxToken), ("Alerts:Max:Chat", "-70012345"), ("Alerts:Max:User", "5"), ("Alerts:Max:BaseAddress", _telegram!.Urls.First()));
        await RejectAsync(app, 1);
        await WatchAsync(app);

        var told = _calls.Where(c => c.Path == "/messages").ToList();
        Assert.Equal(["?chat_id=-70012345", "?user_id=5"], told.Select(c => c.Query).Order(StringComparer.Ordinal));
        Assert.All(told, call => Assert.Equal(MaxToken, call.Authorization));
        Assert.All(told, call => Assert.Contains("offerum-rejected", call.Body.Text("text"), StringComparison.Ordinal));
        Assert.Equal(2, _calls.Count(c => c.Path != "/messages"));
        var overview = await app.Http.GetFromJsonAsync<JsonElement>("overview");
        Assert.Equal(
            [("email", false), ("telegram", true), ("max", true)],
            overview.GetProperty("alerts").EnumerateArray().Select(c => (c.Text("channel")!, c.GetProperty("ok").GetBoolean())));
        Assert.DoesNotContain(MaxToken, overview.ToString() + await app.Http.GetStringAsync("health/details"), StringComparison.Ordinal);
        _mail = new SmtpStandIn();
    }

    [Fact]
    public async Task An_offer_that_is_moderated_is_told_once_while_its_orders_are_sold()
    {
        await using var app = await StartAsync();
        foreach (var id in new[] { 8, 9 })
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            app.Offerum.ForSubId($"lead-{id}").Set(OfferumReplyKind.OkModeration);
            using var answer = await app.SendWebhookAsync(id);
            await app.WaitForAsync("lead", id, "Delivered");

            // The delivery is journaled before its notice.
            await Eventually.UntilAsync(async () =>
            {
                await WatchAsync(app);
                return !_mail.Mails.IsEmpty;
            });
        }

        Assert.Equal(2, _mail.Mails.Count);
        Assert.Equal("⚠️ main: Offerum принимает заказы, но оффер на модерации", _mail.Mails.First().Subject);
    }

    [Fact]
    public async Task A_silence_is_explained_by_the_cabinets_list_of_webhooks()
    {
        await using var app = await StartAsync(port: null, ("Alerts:Silence", "00:00:01"));
        app.Uon.Leads.Put(UonRecord.Lead(7));
        using var answer = await app.SendWebhookAsync(7);
        await app.WaitForAsync("lead", 7, "Delivered");

        await Eventually.UntilAsync(
            async () =>
            {
                await app.RunJobAsync("rollup");
                await WatchAsync(app);
                return !_mail.Mails.IsEmpty;
            },
            TimeSpan.FromMilliseconds(300));

        var mail = _mail.Mails.First();
        Assert.Equal("🔕 main: давно нет вебхуков", mail.Subject);
        Assert.Contains("uon-hook-missing", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Создать вебхуки", mail.TextBody, StringComparison.Ordinal);
    }

    private Task<PipelineApp> StartAsync(int? port = null, params (string Key, string? Value)[] more) => PipelineApp.StartAsync(
        azurite,
        [.. more,
        ("Alerts:Email:Smtp", $"127.0.0.1:{port ?? _mail.Port}"),
        ("Alerts:Email:From", "alerts@example.org"),
        ("Alerts:Email:To", "first@example.org, second@example.org"),
        ("Alerts:Telegram:Token", Token),
        ("Alerts:Telegram:Chat", "1,2"),
        ("Alerts:Telegram:BaseAddress", _telegram!.Urls.First()),
        ("Alerts:ConsoleUrl", Console),
        ("Alerts:Daily", "off"),
        ("Jobs:alerts:Disabled", "true")]);

    private static Task WatchAsync(PipelineApp app) => app.Services.GetRequiredService<AlertWatch>().RunAsync(CancellationToken.None);

    private static async Task RejectAsync(PipelineApp app, params int[] ids)
    {
        foreach (var id in ids)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id).With("client_name", "Анна"));
            app.Offerum.ForSubId($"lead-{id}").Set(OfferumReplyKind.NameError);
            using var answer = await app.SendWebhookAsync(id);
        }

        foreach (var id in ids)
        {
            await app.WaitForAsync("lead", id, "Rejected");
        }
    }

    private static async Task FailAsync(PipelineApp app, int id)
    {
        app.Uon.Leads.Put(UonRecord.Lead(id).With(UonQuirk.PhoneInWords));
        using var answer = await app.SendWebhookAsync(id);
        await app.WaitForAsync("lead", id, "Failed");
    }

    private static async Task<Dictionary<string, JsonElement>> ChannelsAsync(PipelineApp app) =>
        (await app.Http.HealthDetailsAsync()).GetProperty("alerts").EnumerateArray().ToDictionary(c => c.Text("channel")!, StringComparer.Ordinal);
}
