using System.Net;
using System.Net.Sockets;
using System.Text;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>What LocalHost answers itself is what was seen of a real Functions host, never kinder.</summary>
public sealed class HttpTests(HttpTests.BareHost bare) : IClassFixture<HttpTests.BareHost>
{
    private const string Key = "a-key-for-this-test";
    private const string Master = "a-master-key-for-this-test";

    private readonly HttpClient _client = bare.Client;

    [Fact]
    public async Task Route_values_and_the_request_reach_the_function_below_the_prefix()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo/main/48213?a=1") { Headers = { { "x-of-the-caller", "as sent" } } };

        Assert.Equal("main 48213 a=1 as sent", await (await _client.SendAsync(request)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("?code=wrong", HttpStatusCode.Unauthorized)]
    [InlineData($"?code={Key}", HttpStatusCode.OK)]
    [InlineData($"?code={Master}", HttpStatusCode.OK)]
    public async Task A_guarded_function_wants_the_key(string query, HttpStatusCode expected)
    {
        var answer = await _client.GetAsync($"/api/guarded{query}");

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, answer.Headers.Contains("x-made"));
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
    [InlineData("PATCH", "/api/guarded", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/api/guarded", HttpStatusCode.NotFound)]
    [InlineData("OPTIONS", "/api/guarded", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/fails", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/api/empty", HttpStatusCode.NotFound)]
    [InlineData("POST", "/admin/functions/Rare", HttpStatusCode.Unauthorized)]
    [InlineData("POST", $"/admin/functions/Rare?code={Key}", HttpStatusCode.Forbidden)]
    [InlineData("POST", $"/admin/functions/Nothing?code={Master}", HttpStatusCode.NotFound)]
    [InlineData("GET", "/admin/host/status", HttpStatusCode.Unauthorized)]
    public async Task A_refusal_is_a_status_and_nothing_else(string method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var answer = await _client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Empty(answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/admin/host/ping")]
    [InlineData($"/admin/host/status?code={Master}")]
    public async Task The_host_has_pages_of_its_own(string path) => Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(path)).StatusCode);

    [Fact]
    public async Task A_header_that_is_not_ASCII_never_gets_past_the_proxy()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_client.BaseAddress!.Host, _client.BaseAddress.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes("GET /api/echo/main/1 HTTP/1.1\r\nHost: localhost\r\nx-of-the-caller: Иван\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 500 Internal Server Error", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_caller_that_hangs_up_ends_the_function()
    {
        var (called, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        bare.Calls.OnSlow = async cancellationToken =>
        {
            called.SetResult();
            await using var registration = cancellationToken.Register(ended.SetResult);
            await ended.Task;
        };
        using var patience = new CancellationTokenSource();
        var call = _client.GetAsync("/api/slow", patience.Token);
        await called.Task;

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ended.Task.WaitAsync(TestTimeouts.Operation);
    }

    [Theory]
    [InlineData("AzureWebJobs.Guarded.Disabled", "true", HttpStatusCode.NotFound)]
    [InlineData("AzureWebJobs:Guarded:Disabled", "1", HttpStatusCode.NotFound)]
    [InlineData("AzureWebJobs.Guarded.Disabled", "false", HttpStatusCode.Unauthorized)]
    public async Task A_function_can_be_switched_off_by_the_platforms_setting(string setting, string value, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync(bare.Storage, TestHost.NewName(), bare.Calls, (setting, value));

        Assert.Equal(expected, (await _client.GetAsync(new Uri(host.BaseAddress, "api/guarded"))).StatusCode);
    }

    public sealed class BareHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        private UonOfferum.LocalHost.LocalHostApp? _host;

        internal Calls Calls { get; private set; } = null!;

        internal string Storage { get; } = azurite.NewAccount();

        public HttpClient Client { get; } = new();

        public async ValueTask InitializeAsync()
        {
            Calls = await Calls.StartAsync();
            _host = await TestHost.StartAsync(Storage, TestHost.NewName(), Calls, ("LocalHost:FunctionKey", Key), ("LocalHost:MasterKey", Master));
            Client.BaseAddress = _host.BaseAddress;
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _host!.DisposeAsync();
            await Calls.DisposeAsync();
        }
    }
}
