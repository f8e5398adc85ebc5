using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

public sealed class UonSimulatorTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private UonSimulator _uon = null!;

    public async ValueTask InitializeAsync()
    {
        _uon = await UonSimulator.StartAsync(new UonSimulatorOptions { TimeProvider = _time }, TestContext.Current.CancellationToken);
        _http.BaseAddress = new Uri(_uon.BaseAddress, UonSimulator.DefaultApiKey + "/");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _uon.DisposeAsync();
    }

    [Fact]
    public async Task A_lead_stands_in_its_envelope_with_a_result()
    {
        _uon.Leads.Put(UonRecord.Lead(48213, _time.GetUtcNow()));

        var json = JsonNode.Parse(await _http.GetStringAsync("lead/48213.json"))!;

        Assert.Equal(200, (int)json["result"]!);
        var lead = Assert.Single(json["lead"]!.AsArray())!;
        Assert.Equal(48213, (long)lead["id"]!);
        Assert.Equal("2026-03-10 12:00:00", (string?)lead["dat"]);
    }

    [Fact]
    public async Task A_request_stands_in_its_envelope_without_a_result()
    {
        _uon.Requests.Put(UonRecord.Request(7));

        var json = JsonNode.Parse(await _http.GetStringAsync("request/7.json"))!.AsObject();

        Assert.Equal("request", Assert.Single(json).Key);
        Assert.Equal(7, (long)json["request"]![0]!["id"]!);
    }

    [Fact]
    public async Task A_client_is_found_by_the_id_in_the_lead()
    {
        var lead = UonRecord.Lead(5);
        _uon.Users.Put(UonRecord.UserOf(lead));

        var json = JsonNode.Parse(await _http.GetStringAsync($"user/{lead.Text("client_id")}.json"))!;

        Assert.Equal(lead.Text("client_phone"), (string?)json["user"]![0]!["u_phone"]);
    }

    [Fact]
    public void A_record_has_the_sixteen_fields_of_the_scenario_and_the_clients()
    {
        string[] wanted =
        [
            "id", "dat_lead", "dat", "dat_close", "status_id", "status", "office_id", "office_name", "travel_type_id", "travel_type",
            "manager_id", "manager_surname", "manager_sname", "manager_name", "source_id", "source", "client_id", "client_surname",
            "client_name", "client_sname", "client_phone", "client_phone_mobile", "client_email",
        ];

        Assert.Empty(wanted.Except(UonRecord.Lead(1).ToJson().Select(field => field.Key), StringComparer.Ordinal));
        Assert.Empty(wanted.Except(UonRecord.Request(1).ToJson().Select(field => field.Key), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task A_lead_is_no_request_and_is_missing_there(int status)
    {
        _uon.MissingStatus = status;
        _uon.Leads.Put(UonRecord.Lead(5));

        using var reply = await _http.GetAsync("request/5.json");

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal("""{"result":404,"request":[]}""", await reply.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("lead/5")]
    [InlineData("tour/5.json")]
    [InlineData("")]
    public async Task Other_paths_are_no_route(string path)
    {
        using var reply = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("No route found", await reply.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("lead/x.json", "id")]
    [InlineData("leads/2026-03-01/soon/1.json", "date_to")]
    [InlineData("leads/updated/2026-03-01/2026-03-02/0.json", "page")]
    public async Task A_parameter_that_cannot_be_read_is_named(string path, string parameter)
    {
        using var reply = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains($"Parameter {parameter} is wrong", await reply.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task An_unknown_key_is_denied_until_it_is_known(int status)
    {
        _uon.UnknownKeyStatus = status;
        _uon.Leads.Put(UonRecord.Lead(5));
        var address = new Uri(_uon.BaseAddress, "another-key/lead/5.json");

        using var denied = await _http.GetAsync(address);
        _uon.ApiKeys.Add("another-key");
        using var taken = await _http.GetAsync(address);

        Assert.Equal(status, (int)denied.StatusCode);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task The_limit_is_a_sliding_second_and_says_no_retry_after()
    {
        _uon.RequestsPerSecond = 3;
        _uon.Leads.Put(UonRecord.Lead(5));
        await StatusOf("lead/5.json");
        _time.Advance(TimeSpan.FromMilliseconds(600));
        await StatusOf("lead/5.json");
        await StatusOf("lead/5.json");

        using var refused = await _http.GetAsync("lead/5.json");
        _time.Advance(TimeSpan.FromMilliseconds(400));
        var oneIsFree = await StatusOf("lead/5.json");
        var noneIsFree = await StatusOf("lead/5.json");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        Assert.Equal((200, 429), (oneIsFree, noneIsFree));
        Assert.Equal(5, _uon.MaxCallsInAnySecond());
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_too_fast()
    {
        _uon.RequestsPerSecond = null;
        _uon.Leads.Put(UonRecord.Lead(5));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StatusOf("lead/5.json")));

        Assert.All(statuses, status => Assert.Equal(200, status));
    }

    [Fact]
    public async Task A_late_record_is_missing_for_so_many_reads()
    {
        _uon.Leads.Put(UonRecord.Lead(5).CompletesAfter(reads: 2));

        var statuses = (await StatusOf("lead/5.json"), await StatusOf("lead/5.json"), await StatusOf("lead/5.json"));

        Assert.Equal((404, 404, 200), statuses);
    }

    [Fact]
    public async Task A_late_client_is_null_until_its_time()
    {
        _uon.Leads.Put(UonRecord.Lead(5).CompletesAfter(TimeSpan.FromSeconds(30), UonUntilThen.WithoutClient));

        var before = await LeadAsync(5);
        _time.Advance(TimeSpan.FromSeconds(30));
        var after = await LeadAsync(5);

        Assert.All(before.Where(field => field.Key.StartsWith("client_", StringComparison.Ordinal)), field => Assert.Null(field.Value));
        Assert.Equal(UonRecord.Lead(5).Text("client_phone"), (string?)after["client_phone"]);
    }

    [Fact]
    public async Task A_late_phone_leaves_the_rest_of_the_client()
    {
        _uon.Leads.Put(UonRecord.Lead(5).CompletesAfter(reads: 1, UonUntilThen.WithoutPhone));

        var before = await LeadAsync(5);
        var after = await LeadAsync(5);

        Assert.Null(before["client_phone"]);
        Assert.Null(before["client_phone_mobile"]);
        Assert.NotNull(before["client_name"]);
        Assert.NotNull(after["client_phone_mobile"]);
    }

    [Fact]
    public async Task Lists_have_pages_of_a_hundred_within_the_days_asked_for()
    {
        for (var id = 1; id <= 101; id++)
        {
            _uon.Leads.Put(UonRecord.Lead(id, _time.GetUtcNow()));
        }

        _uon.Leads.Put(UonRecord.Lead(200, _time.GetUtcNow().AddDays(-5)));

        var first = JsonNode.Parse(await _http.GetStringAsync("leads/2026-03-10/2026-03-10/1.json"))!["leads"]!.AsArray();
        var second = JsonNode.Parse(await _http.GetStringAsync("leads/2026-03-10/2026-03-10/2.json"))!["leads"]!.AsArray();

        Assert.Equal(100, first.Count);
        Assert.Equal(101, (int)Assert.Single(second)!["id"]!);
    }

    [Fact]
    public async Task Lists_of_changes_go_by_the_day_of_the_change()
    {
        _uon.Requests.Put(UonRecord.Request(1, _time.GetUtcNow().AddDays(-5)).With("dat_updated", "2026-03-10 08:00:00"));

        var changed = JsonNode.Parse(await _http.GetStringAsync("requests/updated/2026-03-10/2026-03-10/1.json"))!["requests"]!.AsArray();
        var created = await StatusOf("requests/2026-03-10/2026-03-10/1.json");

        Assert.Single(changed);
        Assert.Equal(404, created);
    }

    [Fact]
    public async Task An_empty_page_may_be_an_empty_list()
    {
        _uon.EmptyPageIsList = true;

        Assert.Equal("""{"leads":[]}""", await _http.GetStringAsync("leads/2026-03-10/2026-03-10/1.json"));
    }

    [Fact]
    public async Task Calls_are_recorded_without_the_key_in_the_path()
    {
        await StatusOf("lead/5.json");
        await StatusOf("leads/2026-03-10/2026-03-10/1.json");

        var call = _uon.Calls.First();
        Assert.Equal((UonRoute.Lead, 5, "lead/5.json", 404), (call.Route, call.Id, call.Path, call.Status));
        Assert.Equal(_time.GetUtcNow(), call.At);
        Assert.Null(_uon.Calls.Last().Id);
        Assert.Equal(1, _uon.CallsTo(UonRoute.Lead, 5));
    }

    [Fact]
    public async Task Latency_keeps_the_answer_back_and_not_the_call()
    {
        _uon.Latency = TimeSpan.FromSeconds(3);
        var reply = _http.GetAsync("lead/5.json");
        await _uon.Calls.WaitForAsync(1, _ => true, TestContext.Current.CancellationToken);
        Assert.False(reply.IsCompleted);

        while (!reply.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.NotFound, (await reply).StatusCode);
    }

    [Fact]
    public async Task While_it_is_down_a_connect_is_refused_and_afterwards_all_is_as_before()
    {
        _uon.Leads.Put(UonRecord.Lead(5));
        var before = await StatusOf("lead/5.json");

        await _uon.GoDownAsync();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetAsync("lead/5.json"));
        await _uon.ComeBackAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.Equal((200, 200), (before, await StatusOf("lead/5.json")));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.7")]
    [InlineData("::")]
    public async Task It_refuses_to_listen_anywhere_but_on_loopback(string address)
    {
        var options = new UonSimulatorOptions { Endpoint = new IPEndPoint(IPAddress.Parse(address), 0) };

        await Assert.ThrowsAsync<ArgumentException>(() => UonSimulator.StartAsync(options, TestContext.Current.CancellationToken));
    }

    private async Task<int> StatusOf(string path)
    {
        using var reply = await _http.GetAsync(path);
        return (int)reply.StatusCode;
    }

    private async Task<JsonObject> LeadAsync(long id) =>
        JsonNode.Parse(await _http.GetStringAsync($"lead/{id}.json"))!["lead"]![0]!.AsObject();
}
