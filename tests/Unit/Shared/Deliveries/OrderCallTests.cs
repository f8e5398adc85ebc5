using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>Rule 6 at the socket: the HTTP stack never repeats an order, of whatever method.</summary>
public sealed class OrderCallTests : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public OrderCallTests()
    {
        var services = new ServiceCollection();
        services.AddOrderClient("orders").UseSocketsHttpHandler((handler, _) => WaitLonger(handler));
        _services = services.BuildServiceProvider();
    }

    public static TheoryData<string, bool> Methods => new()
    {
        { "GET", false }, { "DELETE", false }, { "POST", false }, { "POST", true }, { "PUT", true }, { "PATCH", true }, { "DELETE", true },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_order_without_an_answer_is_sent_once_and_is_uncertain(string method, bool hasBody)
    {
        foreach (var answer in new[] { SocketAnswer.Close, SocketAnswer.Reset, SocketAnswer.ContinueThenClose })
        {
            await using var server = new OneSocketServer(answer);

            var reply = await SendAsync(server, method, hasBody);

            Assert.Equal((answer, DeliveryOutcome.Uncertain), (answer, reply.Outcome));
            Assert.StartsWith(method, Assert.Single(server.Requests), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_order_on_a_connection_that_served_one_before_is_sent_once(string method, bool hasBody)
    {
        foreach (var answer in new[] { SocketAnswer.Close, SocketAnswer.Reset, SocketAnswer.ContinueThenClose })
        {
            await using var server = new OneSocketServer(SocketAnswer.Ok, answer);
            Assert.Equal(DeliveryOutcome.Delivered, (await SendAsync(server, method, hasBody)).Outcome);

            var reply = await SendAsync(server, method, hasBody);

            Assert.Equal((answer, DeliveryOutcome.Uncertain, 2, 1), (answer, reply.Outcome, server.Requests.Count, server.Connections));
        }
    }

    /// <summary>Why an order always has a content, if only an empty one. Where this fails, .NET has changed.</summary>
    [Fact]
    public async Task The_HTTP_stack_repeats_a_request_without_a_content()
    {
        await using var server = new OneSocketServer(SocketAnswer.Ok, SocketAnswer.Close, SocketAnswer.Close, SocketAnswer.Ok);
        using var http = _services.GetRequiredService<IHttpClientFactory>().CreateClient("orders");
        (await http.GetAsync(server.Address, TestContext.Current.CancellationToken)).Dispose();

        (await http.GetAsync(server.Address, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_redirect_is_never_followed(string method, bool hasBody)
    {
        await using var server = new OneSocketServer(SocketAnswer.Redirect, SocketAnswer.Ok);

        Assert.Equal(307, (await SendAsync(server, method, hasBody)).Status);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("GET", false)]
    public async Task A_refused_100_continue_is_not_sent_again_without_it(string method, bool hasBody)
    {
        await using var server = new OneSocketServer(SocketAnswer.ExpectationFailed, SocketAnswer.Ok);

        Assert.Equal(417, (await SendAsync(server, method, hasBody, ("Expect", "100-continue"))).Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_header_may_contain_a_name_in_any_script()
    {
        await using var server = new OneSocketServer(SocketAnswer.Ok);

        Assert.Equal(DeliveryOutcome.Delivered, (await SendAsync(server, "POST", hasBody: true, ("X-Client", "Анна Өмірова"))).Outcome);
        Assert.Contains("X-Client: Анна Өмірова", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_order_that_finds_no_server_did_not_go_out(string method, bool hasBody)
    {
        Uri gone;
        await using (var server = new OneSocketServer())
        {
            gone = server.Address;
        }

        Assert.Equal(DeliveryOutcome.Transient, (await SendAsync(gone, method, hasBody)).Outcome);
    }

    [Fact]
    public async Task An_order_whose_connection_takes_too_long_did_not_go_out()
    {
        using var handler = new SocketsHttpHandler();
        OrderClients.Configure(handler);
        handler.ConnectTimeout = TimeSpan.FromMilliseconds(50);
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return Stream.Null;
        };
        using var http = new HttpClient(handler);

        var reply = await SendAsync(http, new Uri("http://127.0.0.1:9/"), "POST", hasBody: true);

        Assert.Equal((DeliveryOutcome.Transient, "The order did not go out: no connection to The server"), (reply.Outcome, reply.Detail));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task<DeliveryReply> SendAsync(OneSocketServer server, string method, bool hasBody, params (string, string)[] headers) =>
        SendAsync(server.Address, method, hasBody, headers);

    private async Task<DeliveryReply> SendAsync(Uri address, string method, bool hasBody, params (string Name, string Value)[] headers)
    {
        using var http = _services.GetRequiredService<IHttpClientFactory>().CreateClient("orders");
        return await SendAsync(http, address, method, hasBody, headers);
    }

    private static async Task<DeliveryReply> SendAsync(HttpClient http, Uri address, string method, bool hasBody, params (string Name, string Value)[] headers) =>
        await new OrderCall("A test", "The server", new HttpMethod(method), address, TimeSpan.FromMinutes(5))
        {
            Body = hasBody ? Encoding.UTF8.GetBytes("phone=1") : default,
            ContentType = hasBody ? OrderForm.ContentType : null,
            Headers = [.. headers.Select(h => KeyValuePair.Create(h.Name, h.Value))],
        }.SendOnceAsync(http, Read, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>A busy machine can pause between two lines of a test for longer than an order may wait.</summary>
    private static void WaitLonger(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = Timeout.InfiniteTimeSpan;
        handler.PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan;
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
    }

    private static DeliveryReply Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) =>
        new(status == HttpStatusCode.OK ? DeliveryOutcome.Delivered : DeliveryOutcome.Rejected) { Status = (int)status };
}
