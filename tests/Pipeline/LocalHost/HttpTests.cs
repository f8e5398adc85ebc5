using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.Tests.Pipeline.LocalHost;

public sealed class HttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Key = "a-key-for-this-test";
    private readonly HttpClient _client = new();
    private UonOfferum.LocalHost.LocalHostApp? _host;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(azurite, TestHost.NewName(), new Calls(), [typeof(Echo)], ("LocalHost:FunctionKey", Key));
        _client.BaseAddress = _host.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host!.DisposeAsync();
    }

    [Fact]
    public async Task Route_values_and_the_request_reach_the_function_below_the_prefix() =>
        Assert.Equal("main 48213 a=1", await _client.GetStringAsync("/api/echo/main/48213?a=1"));

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("?code=wrong", HttpStatusCode.Unauthorized)]
    [InlineData($"?code={Key}", HttpStatusCode.OK)]
    public async Task A_guarded_function_wants_the_key(string query, HttpStatusCode expected)
    {
        var answer = await _client.GetAsync($"/api/guarded{query}");

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, GuardedWasMade(answer));
    }

    [Fact]
    public async Task The_key_may_come_in_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/guarded") { Headers = { { "x-functions-key", Key } } };

        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/guarded", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/guarded", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/api/guarded", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/fails", HttpStatusCode.InternalServerError)]
    [InlineData("POST", "/admin/functions/Nothing", HttpStatusCode.Unauthorized)]
    public async Task Every_refusal_of_the_host_is_a_problem_without_details(string method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var answer = await _client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("secret detail", problem.ToString());
    }

    [Fact]
    public async Task What_a_function_answers_is_left_alone()
    {
        var answer = await _client.GetAsync("/api/empty");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(0, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("AzureWebJobs.Guarded.Disabled", "true", HttpStatusCode.NotFound)]
    [InlineData("AzureWebJobs:Guarded:Disabled", "1", HttpStatusCode.NotFound)]
    [InlineData("AzureWebJobs.Guarded.Disabled", "false", HttpStatusCode.Unauthorized)]
    public async Task A_function_can_be_switched_off_by_the_platforms_setting(string setting, string value, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync(azurite, TestHost.NewName(), new Calls(), [typeof(Echo)], (setting, value));

        Assert.Equal(expected, (await _client.GetAsync(new Uri(host.BaseAddress, "api/guarded"))).StatusCode);
    }

    private static bool GuardedWasMade(HttpResponseMessage answer) => answer.Headers.Contains("x-made");
}

public sealed class Echo
{
    [Function("Echo")]
    public static IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "echo/{pipeline}/{id}")] HttpRequest request, string pipeline, long id) =>
        Results.Text($"{pipeline} {id} {request.QueryString.Value!.TrimStart('?')}");

    [Function("Guarded")]
    public static Task<IResult> GuardedAsync([HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "guarded")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["x-made"] = "1";
        return Task.FromResult(Results.Ok());
    }

    [Function("Fails")]
    public static Task<IResult> FailAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fails")] HttpRequest request) =>
        throw new InvalidOperationException("secret detail");

    [Function("Empty")]
    public static Task<IResult> EmptyAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "empty")] HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Results.StatusCode(404));
}
