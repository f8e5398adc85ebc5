using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>An integration whose refresh tokens work once each, as amoCRM's do.</summary>
public sealed class AmoOAuthTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string First = "refresh-0";

    private readonly ConcurrentDictionary<string, bool> _good = new(StringComparer.Ordinal) { [First] = true };
    private CallSink _amo = null!;
    private int _renewals;
    private int _life = 86_400;
    private Action _duringRenewal = () => { };

    public async ValueTask InitializeAsync() => _amo = await CallSink.StartAsync(Answer, CancellationToken.None);

    public ValueTask DisposeAsync() => _amo.DisposeAsync();

    [Fact]
    public async Task One_renewal_serves_many_orders_at_once_and_the_next_process()
    {
        const int many = 10;
        await using var app = await PipelineApp.StartAsync(azurite, Amo());
        for (var id = 1; id <= many; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
        }

        var answers = await Task.WhenAll(Enumerable.Range(1, many - 1).Select(id => app.SendWebhookAsync(id)));
        Assert.All(answers, answer => answer.Dispose());
        for (var id = 1; id < many; id++)
        {
            await app.WaitForAsync("lead", id, "Delivered");
        }

        await app.StopHostAsync();
        await app.StartHostAsync();
        using var later = await app.SendWebhookAsync(many);
        await app.WaitForAsync("lead", many, "Delivered");

        Assert.Equal(1, _renewals);
        Assert.Equal(many, Leads.Count());
    }

    [Fact]
    public async Task A_token_that_ends_is_renewed_by_the_refresh_token_that_came_with_it()
    {
        _life = 60;
        await using var app = await PipelineApp.StartAsync(azurite, Amo());
        for (var id = 1; id <= 3; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            using var answer = await app.SendWebhookAsync(id);
            await app.WaitForAsync("lead", id, "Delivered");
        }

        Assert.Equal(3, _renewals);
        Assert.Equal(["Bearer access-1", "Bearer access-2", "Bearer access-3"], Leads.Select(call => call.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_used_up_refresh_token_holds_the_records_until_there_is_a_new_one()
    {
        _good[First] = false;
        await using var app = await PipelineApp.StartAsync(azurite, Amo());
        app.Uon.Leads.Put(UonRecord.Lead(1));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Held", "be held");
        Assert.Contains("Amo:RefreshToken", story.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.Empty(Leads);

        _good["refresh-of-an-operator"] = true;
        await app.StopHostAsync();
        app.Set("Pipelines:main:Amo:RefreshToken", "refresh-of-an-operator");
        await app.StartHostAsync();
        using var resume = await app.PostAsync("pipelines/main/resume", new { });
        await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Single(Leads);
    }

    [Fact]
    public async Task A_pair_is_kept_although_somebody_wrote_its_row_during_the_renewal()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Amo());
        app.Uon.Leads.Put(UonRecord.Lead(1));
        app.Uon.Leads.Put(UonRecord.Lead(2));
        var table = app.Journal;
        // As a process does whose lease ended, or a write of our own whose reply was lost.
        _duringRenewal = () =>
        {
            var row = table.Query<TableEntity>(r => r.PartitionKey == "amo-token").Single();
            row["Touched"] = true;
            table.UpdateEntity(row, Azure.ETag.All, TableUpdateMode.Merge);
        };
        using var first = await app.SendWebhookAsync(1);
        await app.WaitForAsync("lead", 1, "Delivered");

        await app.StopHostAsync();
        await app.StartHostAsync();
        using var second = await app.SendWebhookAsync(2);
        await app.WaitForAsync("main/lead/2", s => s.State("amo") is "Delivered" or "Held", "be sent");

        Assert.Equal("Delivered", (await app.OperationAsync("lead", 2))!.Value.State("amo"));
        Assert.Equal(1, _renewals);
    }

    [Fact]
    public async Task No_token_is_read_in_the_table_or_the_page()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Amo());
        app.Uon.Leads.Put(UonRecord.Lead(1));
        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        var row = Assert.Single(await app.Journal.QueryAsync<TableEntity>(r => r.PartitionKey == "amo-token").ToListAsync());
        var kept = Encoding.UTF8.GetString(row.GetBinary("Cipher")) + string.Join('|', ((IDictionary<string, object>)row).Values);
        var shown = story.GetRawText() + await app.Http.GetStringAsync("pipelines");
        Assert.All(["access-1", "refresh-1", First, "client-secret"], secret => Assert.DoesNotContain(secret, kept + shown, StringComparison.Ordinal));
    }

    private IEnumerable<SunkCall> Leads => _amo.Calls.Where(call => call.Path == "/api/v4/leads/complex");

    private SinkAnswer Answer(SunkCall call)
    {
        if (call.Path == "/oauth2/access_token")
        {
            return Renew(JsonDocument.Parse(call.Body).RootElement);
        }

        var known = call.Headers.GetValueOrDefault("Authorization") == string.Create(CultureInfo.InvariantCulture, $"Bearer access-{_renewals}");
        return (known, call.Path) switch
        {
            (false, _) => new SinkAnswer(401, """{"title":"Unauthorized","status":401}"""),
            (_, "/api/v4/leads") => new SinkAnswer(204, ""),
            (_, "/api/v4/account") => new SinkAnswer(200, """{"id":31}"""),
            _ => new SinkAnswer(200, $$"""[{"id":{{call.Number}},"contact_id":2,"merged":false}]"""),
        };
    }

    private SinkAnswer Renew(JsonElement asked)
    {
        var isOurs = (asked.Text("client_id"), asked.Text("client_secret"), asked.Text("grant_type"), asked.Text("redirect_uri"))
            == ("client-id", "client-secret", "refresh_token", "https://agency.example/amo");
        if (!isOurs || !_good.TryUpdate(asked.Text("refresh_token")!, newValue: false, comparisonValue: true))
        {
            return new SinkAnswer(401, """{"hint":"Token has been revoked","title":"Авторизация не удалась","status":401}""");
        }

        _duringRenewal();
        var number = Interlocked.Increment(ref _renewals);
        _good[string.Create(CultureInfo.InvariantCulture, $"refresh-{number}")] = true;
        return new SinkAnswer(200, $$"""{"token_type":"Bearer","expires_in":{{_life}},"access_token":"access-{{number}}","refresh_token":"refresh-{{number}}"}""");
    }

    private (string Key, string? Value)[] Amo() =>
    [
        ("Pipelines:main:Amo:BaseAddress", _amo.BaseAddress.AbsoluteUri),
        ("Pipelines:main:Amo:ClientId", "client-id"),
        ("Pipelines:main:Amo:ClientSecret", "client-secret"),
        ("Pipelines:main:Amo:RedirectUri", "https://agency.example/amo"),
        ("Pipelines:main:Amo:RefreshToken", First),
        ("Pipelines:main:Amo:RequestsPerSecond", "1000"),
        ("Pipelines:main:Amo:Retry", "00:00:01,00:00:01,00:00:01"),
    ];
}
