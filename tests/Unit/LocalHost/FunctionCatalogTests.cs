using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Functions;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class FunctionCatalogTests
{
    [Fact]
    public void Each_kind_of_function_is_found_with_what_its_trigger_says()
    {
        var catalog = FunctionCatalog.Discover([typeof(Good)]);

        var http = Assert.Single(catalog.Http);
        Assert.Equal(("Web", "things/{kind}/{id}", AuthorizationLevel.Function), (http.Name, http.Route, http.Level));
        Assert.Equal(["GET", "POST"], http.Methods);
        Assert.Equal("orders", Assert.Single(catalog.Queues).QueueName);
        var timer = Assert.Single(catalog.Timers);
        Assert.Equal(("0 */5 * * * *", true), (timer.Schedule, timer.RunOnStartup));
    }

    [Fact]
    public async Task A_call_passes_the_trigger_the_route_values_and_the_token()
    {
        using var cancellation = new CancellationTokenSource();
        var http = Assert.Single(FunctionCatalog.Discover([typeof(Good)]).Http);
        var function = new Good();
        var request = new DefaultHttpContext().Request;

        await http.Call(function, request, new RouteValueDictionary { ["kind"] = "lead", ["id"] = "48213" }, cancellation.Token);

        Assert.Equal((request, "lead", 48213L, cancellation.Token), function.Seen);
    }

    [Fact]
    public async Task A_function_that_throws_before_its_first_await_fails_as_a_task()
    {
        var queue = Assert.Single(FunctionCatalog.Discover([typeof(Good)]).Queues);

        await Assert.ThrowsAsync<NotSupportedException>(async () => await queue.Call(new Good(), QueuesModelFactory.QueueMessage("1", "r", "b", 1), null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(typeof(AsyncVoid), "async void")]
    [InlineData(typeof(TwoTriggers), "exactly one trigger parameter and has 2")]
    [InlineData(typeof(NoTrigger), "exactly one trigger parameter and has 0")]
    [InlineData(typeof(WrongTriggerType), "take QueueMessage")]
    [InlineData(typeof(WrongReturn), "return Task")]
    [InlineData(typeof(ForeignParameter), "only route values (string, long) and a CancellationToken")]
    [InlineData(typeof(NotInRoute), "takes 'other', which its route does not have")]
    [InlineData(typeof(BadRoute), "a route that cannot be read")]
    [InlineData(typeof(NotPublic), "must be a public method")]
    public void What_the_worker_would_not_take_stops_the_host_with_the_reason(Type type, string reason)
    {
        var exception = Assert.Throws<LocalHostException>(() => FunctionCatalog.Discover([type]));

        Assert.Contains("F ", exception.Message);
        Assert.Contains(reason, exception.Message);
    }

    [Fact]
    public void A_name_used_twice_stops_the_host() =>
        Assert.Contains("2 functions are named Web: Good, Twice", Assert.Throws<LocalHostException>(() => FunctionCatalog.Discover([typeof(Good), typeof(Twice)])).Message);

    public sealed class Good
    {
        public (HttpRequest Request, string Kind, long Id, CancellationToken Token) Seen { get; private set; }

        [Function("Web")]
        public Task<IResult> WebAsync(
            [HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "things/{kind}/{id}")] HttpRequest request, string kind, long id, CancellationToken cancellationToken)
        {
            Seen = (request, kind, id, cancellationToken);
            return Task.FromResult(Results.Ok());
        }

        [Function("Orders")]
        public static Task OrdersAsync([QueueTrigger("orders")] QueueMessage message) => throw new NotSupportedException();

        [Function("Clock")]
        public static Task ClockAsync([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public sealed class Twice
    {
        [Function("web")]
        public static Task RunAsync([QueueTrigger("orders")] QueueMessage message) => Task.CompletedTask;
    }

    public sealed class AsyncVoid
    {
        [Function("F")]
#pragma warning disable MA0155 // What is to be refused.
        public static async void Run([QueueTrigger("q")] QueueMessage message) => await Task.Yield();
#pragma warning restore MA0155
    }

    public sealed class TwoTriggers
    {
        [Function("F")]
        public static Task RunAsync([QueueTrigger("q")] QueueMessage message, [TimerTrigger("* * * * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class NoTrigger
    {
        [Function("F")]
        public static Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public sealed class WrongTriggerType
    {
        [Function("F")]
        public static Task RunAsync([QueueTrigger("q")] string message) => Task.CompletedTask;
    }

    public sealed class WrongReturn
    {
        [Function("F")]
        public static Task<string> RunAsync([QueueTrigger("q")] QueueMessage message) => Task.FromResult("");
    }

    public sealed class ForeignParameter
    {
        [Function("F")]
        public static Task RunAsync([QueueTrigger("q")] QueueMessage message, TimeProvider time) => Task.CompletedTask;
    }

    public sealed class NotInRoute
    {
        [Function("F")]
        public static Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id}")] HttpRequest request, string other) => Task.FromResult(Results.Ok());
    }

    public sealed class BadRoute
    {
        [Function("F")]
        public static Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id")] HttpRequest request) => Task.FromResult(Results.Ok());
    }

    public sealed class NotPublic
    {
        [Function("F")]
        internal static Task RunAsync([QueueTrigger("q")] QueueMessage message) => Task.CompletedTask;
    }
}
