using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

public sealed class UonFaultTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private UonSimulator _uon = null!;

    public async ValueTask InitializeAsync()
    {
        _uon = await UonSimulator.StartAsync(new UonSimulatorOptions { RequestsPerSecond = null }, TestContext.Current.CancellationToken);
        _uon.Leads.Put(UonRecord.Lead(5));
        _uon.Leads.Put(UonRecord.Lead(6));
        _http.BaseAddress = new Uri(_uon.BaseAddress, UonSimulator.DefaultApiKey + "/");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _uon.DisposeAsync();
    }

    [Theory]
    [InlineData(UonFault.ApiNotActive, 406, "API is not active")]
    [InlineData(UonFault.Unauthorized, 401, "error")]
    [InlineData(UonFault.Forbidden, 403, "error")]
    [InlineData(UonFault.MissingWithStatus200, 200, """{"result":404,"lead":[]}""")]
    [InlineData(UonFault.MissingWithStatus404, 404, """{"result":404,"lead":[]}""")]
    [InlineData(UonFault.NoRoute, 404, "No route found")]
    [InlineData(UonFault.WrongParameter, 404, "Parameter id is wrong")]
    [InlineData(UonFault.TooManyRequests, 429, "")]
    [InlineData(UonFault.TooManyRequestsWithRetryAfter, 429, "")]
    [InlineData(UonFault.ServerError, 500, "500 Server error")]
    [InlineData(UonFault.BadGatewayPage, 502, "<html>")]
    [InlineData(UonFault.ServiceUnavailablePage, 503, "<html>")]
    [InlineData(UonFault.HtmlPage, 200, "<html>")]
    [InlineData(UonFault.CutJson, 200, """{"result":200,"lead":[{""")]
    [InlineData(UonFault.EmptyBody, 200, "")]
    [InlineData(UonFault.ErrorEnvelope, 200, """{"error":{"message":""")]
    [InlineData(UonFault.ResultEnvelope, 200, """{"result":500,"message":""")]
    [InlineData(UonFault.WrongContentType, 200, "client_phone")]
    [InlineData(UonFault.Redirect, 302, "")]
    public async Task A_fault_takes_the_place_of_the_answer(UonFault fault, int status, string inBody)
    {
        _uon.Faults.Set(fault);

        using var reply = await _http.GetAsync("lead/5.json");

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains(inBody, await reply.Content.ReadAsStringAsync());
        Assert.Equal((status, fault), (_uon.Calls.Single().Status, _uon.Calls.Single().Fault));
    }

    [Fact]
    public async Task Headers_tell_the_faults_that_live_in_them()
    {
        _uon.Faults.Next(UonFault.TooManyRequests, UonFault.TooManyRequestsWithRetryAfter, UonFault.WrongContentType, UonFault.Redirect);

        using var plain = await _http.GetAsync("lead/5.json");
        using var withRetryAfter = await _http.GetAsync("lead/5.json");
        using var html = await _http.GetAsync("lead/5.json");
        using var redirect = await _http.GetAsync("lead/5.json");

        Assert.Null(plain.Headers.RetryAfter);
        Assert.Equal(_uon.RetryAfter, withRetryAfter.Headers.RetryAfter!.Delta);
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        Assert.Equal("/login", redirect.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Cut_json_is_a_whole_answer_with_half_a_document()
    {
        _uon.Faults.Set(UonFault.CutJson);

        var body = await _http.GetStringAsync("lead/5.json");

        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(body));
    }

    [Fact]
    public async Task An_empty_body_has_no_byte()
    {
        _uon.Faults.Set(UonFault.EmptyBody);

        Assert.Empty(await _http.GetByteArrayAsync("lead/5.json"));
    }

    [Fact]
    public async Task A_hang_lasts_until_the_caller_gives_up()
    {
        _uon.Faults.Set(UonFault.Hang);
        using var timeout = new CancellationTokenSource();
        var reply = _http.GetAsync("lead/5.json", timeout.Token);

        await _uon.Calls.WaitForAsync(1, call => call is { Fault: UonFault.Hang, Status: null }, TestContext.Current.CancellationToken);
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
    }

    [Fact]
    public async Task A_hang_ends_with_the_simulator()
    {
        _uon.Faults.Set(UonFault.Hang);
        var reply = _http.GetAsync("lead/5.json");
        await _uon.Calls.WaitForAsync(1, _ => true, TestContext.Current.CancellationToken);

        await _uon.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => reply);
    }

    [Fact]
    public async Task A_reset_comes_before_the_answer()
    {
        _uon.Faults.Set(UonFault.Reset);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetAsync("lead/5.json"));

        Assert.IsType<System.Net.Sockets.SocketException>(error.GetBaseException());
        Assert.Null(_uon.Calls.First().Status);
    }

    [Fact]
    public async Task An_end_in_the_body_comes_after_the_headers()
    {
        _uon.Faults.Set(UonFault.EndInBody);

        using var reply = await _http.GetAsync("lead/5.json", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => reply.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
    }

    [Fact]
    public async Task Every_fault_can_be_programmed()
    {
        foreach (var fault in Enum.GetValues<UonFault>().Except([UonFault.Hang, UonFault.Reset, UonFault.EndInBody]))
        {
            _uon.Faults.Set(fault, Repeat.Once);
            using var reply = await _http.GetAsync("lead/5.json");
            Assert.Equal(fault, _uon.Calls.Last().Fault);
        }
    }

    [Fact]
    public async Task A_fault_of_one_record_leaves_the_others_alone()
    {
        _uon.Leads.Faults(5).Set(UonFault.ServerError, Repeat.Times(2));

        Assert.Equal([500, 200, 500, 200], await StatusesOf(5, 6, 5, 5));
    }

    [Fact]
    public async Task A_records_fault_goes_before_the_routes_and_that_before_the_apis()
    {
        _uon.Faults.Set(UonFault.Unauthorized);
        _uon.FaultsAt(UonRoute.Lead).Set(UonFault.ApiNotActive, Repeat.Once);
        _uon.Leads.Faults(5).Set(UonFault.ServerError, Repeat.Once);

        Assert.Equal([500, 406, 401], await StatusesOf(5, 5, 5));
    }

    [Fact]
    public async Task A_refused_call_does_not_count_as_a_read_of_a_late_record()
    {
        _uon.RequestsPerSecond = 0;
        _uon.Leads.Put(UonRecord.Lead(7).CompletesAfter(reads: 1));
        var tooFast = await StatusesOf(7);
        _uon.RequestsPerSecond = null;

        Assert.Equal([429], tooFast);
        Assert.Equal([404, 200], await StatusesOf(7, 7));
    }

    [Fact]
    public async Task A_fault_does_not_count_as_a_read_of_a_late_record()
    {
        _uon.Leads.Put(UonRecord.Lead(7).CompletesAfter(reads: 1));
        _uon.Leads.Faults(7).Set(UonFault.ServerError, Repeat.Once);

        Assert.Equal([500, 404, 200], await StatusesOf(7, 7, 7));
    }

    private async Task<List<int>> StatusesOf(params long[] leads)
    {
        var statuses = new List<int>();
        foreach (var id in leads)
        {
            using var reply = await _http.GetAsync($"lead/{id}.json");
            statuses.Add((int)reply.StatusCode);
        }

        return statuses;
    }
}
