using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Uon;

public sealed class UonClientTests
{
    /// <summary>With characters that must not become part of the path's structure.</summary>
    private const string Key = "invented uon?key#1 %";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leads_requests_and_clients_are_fetched_from_their_own_tables()
    {
        await using var uon = await StartAsync();
        uon.Leads.Put(UonRecord.Lead(5));
        uon.Requests.Put(UonRecord.Request(6));
        uon.Users.Put(7, new() { ["u_name"] = "Анна" });
        await using var services = Services();
        var client = services.GetRequiredService<UonClient>();
        var settings = SettingsFor(uon);

        Assert.IsType<UonReply.Found>(await client.GetRecordAsync(settings, RecordKind.Lead, 5, Stop));
        Assert.IsType<UonReply.Found>(await client.GetRecordAsync(settings, RecordKind.Request, 6, Stop));
        Assert.IsType<UonReply.Found>(await client.GetUserAsync(settings, 7, Stop));
        Assert.IsType<UonReply.NotFound>(await client.GetRecordAsync(settings, RecordKind.Request, 5, Stop));
        Assert.IsType<UonReply.NotFound>(await client.GetUserAsync(settings, 5, Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_is_read_page_by_page_until_one_is_empty(bool emptyPageIsList)
    {
        await using var uon = await StartAsync();
        uon.EmptyPageIsList = emptyPageIsList;
        var day = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(3));
        for (var id = 1; id <= UonRecords.PageSize + 1; id++)
        {
            uon.Leads.Put(UonRecord.Lead(id, day));
        }

        await using var services = Services();
        var client = services.GetRequiredService<UonClient>();
        var from = new DateOnly(2026, 2, 28);
        var to = new DateOnly(2026, 3, 1);

        var first = await client.GetPageAsync(SettingsFor(uon), RecordKind.Lead, from, to, 1, Stop);
        var second = await client.GetPageAsync(SettingsFor(uon), RecordKind.Lead, from, to, 2, Stop);
        var third = await client.GetPageAsync(SettingsFor(uon), RecordKind.Lead, from, to, 3, Stop);

        Assert.Equal(UonRecords.PageSize, Assert.IsType<UonReply.Page>(first).Records.Count);
        Assert.Single(Assert.IsType<UonReply.Page>(second).Records);
        Assert.IsType<UonReply.NotFound>(third);
    }

    [Theory]
    [InlineData(UonFault.ApiNotActive, typeof(UonReply.Inactive))]
    [InlineData(UonFault.Unauthorized, typeof(UonReply.Denied))]
    [InlineData(UonFault.Forbidden, typeof(UonReply.Denied))]
    [InlineData(UonFault.MissingWithStatus200, typeof(UonReply.NotFound))]
    [InlineData(UonFault.MissingWithStatus404, typeof(UonReply.NotFound))]
    [InlineData(UonFault.NoRoute, typeof(UonReply.Unreadable))]
    [InlineData(UonFault.WrongParameter, typeof(UonReply.Unreadable))]
    [InlineData(UonFault.TooManyRequests, typeof(UonReply.Throttled))]
    [InlineData(UonFault.TooManyRequestsWithRetryAfter, typeof(UonReply.Throttled))]
    [InlineData(UonFault.ServerError, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.BadGatewayPage, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.ServiceUnavailablePage, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.Reset, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.EndInBody, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.HtmlPage, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.CutJson, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.EmptyBody, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.ErrorEnvelope, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.ResultEnvelope, typeof(UonReply.Unavailable))]
    [InlineData(UonFault.WrongContentType, typeof(UonReply.Found))]
    [InlineData(UonFault.Redirect, typeof(UonReply.Unavailable))]
    public async Task Every_known_fault_becomes_a_reply(UonFault fault, Type expected)
    {
        await using var uon = await StartAsync();
        uon.Leads.Put(UonRecord.Lead(5));
        uon.Faults.Set(fault);
        await using var services = Services();

        var reply = await services.GetRequiredService<UonClient>().GetRecordAsync(SettingsFor(uon), RecordKind.Lead, 5, Stop);

        Assert.IsType(expected, reply);
        Assert.DoesNotContain(Key, reply.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, uon.Calls.Total);
        if (fault == UonFault.TooManyRequestsWithRetryAfter)
        {
            Assert.Equal(new UonReply.Throttled(uon.RetryAfter), reply);
        }
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_given_up()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LoopbackServer.StartAsync(
            Loopback,
            (context, ended) =>
            {
                asked.SetResult();
                return Answer.Hang.WriteAsync(context, ended);
            },
            Stop);
        await using var services = Services(time);

        var call = services.GetRequiredService<UonClient>().GetRecordAsync(SettingsFor(server), RecordKind.Lead, 5, Stop);
        await asked.Task.WaitAsync(Stop);
        time.Advance(UonSettings.DefaultTimeout);

        Assert.Equal("U-ON did not answer within 10 s.", Assert.IsType<UonReply.Unavailable>(await call).Reason);
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_its_cancellation()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var server = await LoopbackServer.StartAsync(
            Loopback,
            async (context, ended) =>
            {
                await stop.CancelAsync();
                await Answer.Hang.WriteAsync(context, ended);
            },
            Stop);
        await using var services = Services();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => services.GetRequiredService<UonClient>().GetRecordAsync(SettingsFor(server), RecordKind.Lead, 5, stop.Token));
    }

    [Fact]
    public async Task Nobody_listening_is_unavailable()
    {
        var server = await ServeAsync(Answer.Hang);
        var settings = SettingsFor(server);
        await server.DisposeAsync();
        await using var services = Services();

        var reply = await services.GetRequiredService<UonClient>().GetRecordAsync(settings, RecordKind.Lead, 5, Stop);

        Assert.Equal("There is no connection to U-ON.", Assert.IsType<UonReply.Unavailable>(reply).Reason);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"lead":[{"notes":"{{new string('x', UonClient.MaxReplyLength)}}"}]}""");
        await using var server = await ServeAsync(new Answer(200, body, Answer.Json));
        await using var services = Services();

        var reply = await services.GetRequiredService<UonClient>().GetRecordAsync(SettingsFor(server), RecordKind.Lead, 5, Stop);

        Assert.Equal("U-ON's answer is longer than 2 MiB.", Assert.IsType<UonReply.Unreadable>(reply).Reason);
    }

    [Fact]
    public async Task The_key_leaves_neither_in_a_reply_nor_in_a_log_nor_in_a_span()
    {
        var escaped = Uri.EscapeDataString(Key);
        var seen = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue(activity.DisplayName + string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await ServeAsync(
            new Answer(404, $$"""{"error":{"message":"No route found for \"GET /{{escaped}}/lead/5.json\" or {{Key}}"} }"""));
        await using var services = Services(logs: seen);

        var reply = await services.GetRequiredService<UonClient>().GetRecordAsync(SettingsFor(server), RecordKind.Lead, 5, Stop);

        Assert.Contains("GET /{key}/lead/5.json", Assert.IsType<UonReply.Unreadable>(reply).Reason, StringComparison.Ordinal);
        Assert.All(seen.Append(reply.ToString()), text =>
        {
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(escaped, text, StringComparison.Ordinal);
        });
    }

    private static IPEndPoint Loopback => new(IPAddress.Loopback, 0);

    private static Task<UonSimulator> StartAsync() =>
        UonSimulator.StartAsync(new UonSimulatorOptions { ApiKeys = [Key], RequestsPerSecond = null }, Stop);

    private static Task<LoopbackServer> ServeAsync(Answer answer) => LoopbackServer.StartAsync(Loopback, answer.WriteAsync, Stop);

    private static UonSettings SettingsFor(UonSimulator uon) => TestUonSettings.For(uon.BaseAddress, Key);

    private static UonSettings SettingsFor(LoopbackServer server) => TestUonSettings.For(server.BaseAddress, Key);

    /// <summary>Time stands still unless a test moves it: on a busy machine a call over a real socket can outlast the client's limits.</summary>
    private static ServiceProvider Services(TimeProvider? time = null, ConcurrentQueue<string>? logs = null)
    {
        var services = new ServiceCollection().AddSingleton(time ?? new FakeTimeProvider());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        if (logs is not null)
        {
            services.AddSingleton<ILoggerProvider>(new LogKeeper(logs));
        }

        return services.AddUonClient().BuildServiceProvider();
    }

    private sealed class LogKeeper(ConcurrentQueue<string> logs) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            logs.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
