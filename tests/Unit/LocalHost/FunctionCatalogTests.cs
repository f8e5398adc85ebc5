using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.Tests.Unit.LocalHost;

/// <summary>What a worker says of its functions, in the forms that its generator writes.</summary>
public sealed class FunctionCatalogTests
{
    [Fact]
    public void An_HTTP_function_is_read_with_its_route_methods_and_level()
    {
        var http = Assert.Single(FunctionCatalog.Read([Function("Web",
            """{"name":"request","direction":"In","type":"httpTrigger","authLevel":"Function","methods":["get","post"],"route":"things/{id}"}""",
            """{"name":"$return","type":"http","direction":"Out"}""")]).Http);

        Assert.Equal(("Web", "id of Web", "request", "things/{id}", true), (http.Name, http.Id, http.Parameter, http.Route, http.NeedsKey));
        Assert.Equal(["GET", "POST"], http.Methods);
        Assert.Equal("/api/things/{id}", http.Pattern("api"));
    }

    [Fact]
    public void Without_route_and_methods_a_function_answers_all_under_its_name()
    {
        var http = Assert.Single(FunctionCatalog.Read([Function("Web", """{"name":"r","type":"httpTrigger","authLevel":"Anonymous"}""")]).Http);

        Assert.Equal(("Web", false), (http.Route, http.NeedsKey));
        Assert.Empty(http.Methods);
    }

    [Fact]
    public void A_queue_function_is_read_with_its_queue_and_connection()
    {
        var queue = Assert.Single(FunctionCatalog.Read([Function("Take", """{"name":"m","type":"queueTrigger","queueName":"orders","connection":"Other"}""")]).Queues);

        Assert.Equal(("orders", "Other", "m"), (queue.Queue, queue.Connection, queue.Parameter));
    }

    [Theory]
    [InlineData("", true, false)]
    [InlineData(""","useMonitor":false,"runOnStartup":true""", false, true)]
    [InlineData(""","UseMonitor":"False","RunOnStartup":"True" """, false, true)]
    public void A_timer_function_is_read_with_its_flags(string flags, bool monitored, bool onStartup)
    {
        var timer = Assert.Single(FunctionCatalog.Read([Function("Clock", $$"""{"name":"t","type":"timerTrigger","schedule":"0 */5 * * * *"{{flags}}}""")]).Timers);

        Assert.Equal(("0 */5 * * * *", monitored, onStartup), (timer.Schedule, timer.UseMonitor, timer.RunOnStartup));
    }

    [Theory]
    [InlineData("""{"name":"b","type":"blobTrigger"}""")]
    [InlineData("""{"name":"b","type":"blob"}""")]
    public void A_function_that_LocalHost_cannot_feed_stops_it_with_its_name(string binding) =>
        Assert.Contains("Odd has no HTTP, queue or timer trigger", Assert.Throws<LocalHostException>(() => FunctionCatalog.Read([Function("Odd", binding)])).Message);

    [Fact]
    public void A_name_used_twice_stops_the_host()
    {
        const string Queue = """{"name":"m","type":"queueTrigger","queueName":"orders"}""";

        Assert.Contains("2 functions are named", Assert.Throws<LocalHostException>(() => FunctionCatalog.Read([Function("Take", Queue), Function("take", Queue)])).Message);
    }

    private static RpcFunctionMetadata Function(string name, params string[] bindings)
    {
        var function = new RpcFunctionMetadata { Name = name, FunctionId = "id of " + name };
        function.RawBindings.Add(bindings);
        return function;
    }
}
