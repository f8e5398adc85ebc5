using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost;
using UonOfferum.Simulators;

namespace UonOfferum.Testing;

/// <summary>The real app in a LocalHost, on a storage account of its own, between the two simulators. Delays are short.</summary>
public sealed class PipelineApp : IAsyncDisposable
{
    public const string Secret = "a-webhook-secret-for-tests";
    public const string FunctionKey = "a-function-key-for-tests";
    public const string MasterKey = "a-master-key-for-tests";
    public const string Name = "main";

    /// <summary>Asked more often, the apps under test would be busy with the questions.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, string?> _settings;
    private readonly Action<ILoggingBuilder>? _logging;
    private LocalHostApp? _host;
    private PipelineServices? _services;

    /// <summary>Repeats what is answered with a 5xx.</summary>
    private HttpClient _repeating = new();

    private PipelineApp(string storage, UonSimulator uon, OfferumSimulator offerum, Dictionary<string, string?> settings, Action<ILoggingBuilder>? logging)
    {
        (Storage, Uon, Offerum, _settings, _logging) = (storage, uon, offerum, settings, logging);
    }

    public string Storage { get; }

    public UonSimulator Uon { get; }

    public OfferumSimulator Offerum { get; }

    public LocalHostApp Host => _host ?? throw new InvalidOperationException("The host is stopped.");

    /// <summary>Shows every answer, a 5xx too.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>The app's services without any host, on the same storage and settings: for what no route reaches.</summary>
    public IServiceProvider Services => (_services ??= new PipelineServices(_settings)).Provider;

    /// <summary>Likewise, by another clock.</summary>
    public PipelineServices ServicesBy(TimeProvider time) => new(_settings, time);

    public TableClient Journal => new(Storage, "journal");

    /// <summary>One pipeline, <see cref="Name"/>, with these settings on top.</summary>
    public static Task<PipelineApp> StartAsync(AzuriteFixture azurite, params (string Key, string? Value)[] settings) =>
        StartAsync(azurite, new PipelineAppSetup { Settings = settings });

    public static async Task<PipelineApp> StartAsync(AzuriteFixture azurite, PipelineAppSetup setup)
    {
        var uon = await UonSimulator.StartAsync(new UonSimulatorOptions { RequestsPerSecond = null }, CancellationToken.None);
        var offerum = await OfferumSimulator.StartAsync(null, CancellationToken.None);
        var storage = setup.Storage ?? azurite.NewAccount();
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["AzureWebJobsStorage"] = storage,
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:01",
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:01",
            ["LocalHost:FunctionKey"] = FunctionKey,
            ["LocalHost:MasterKey"] = MasterKey,
        };
        foreach (var (key, value) in setup.Pipelines.SelectMany(name => PipelineAppSetup.Defaults(name, uon, offerum)).Concat(setup.Settings))
        {
            all[key] = value;
        }

        var app = new PipelineApp(storage, uon, offerum, all, setup.Logging);
        await app.StartHostAsync();
        return app;
    }

    public async Task StartHostAsync()
    {
        _host = await LocalHostApp.StartAsync(
            ["--urls", "http://127.0.0.1:0"], configuration => configuration.AddInMemoryCollection(_settings), _logging);
        Http = Client(_host, new SocketsHttpHandler());
        _repeating = Client(_host, new RepeatingHandler());
        // A worker compiles as it goes: its first call is slow, and the first of many calls at once would be slow for all of them.
        using var answer = await _repeating.GetAsync("health");
    }

    public async Task StopHostAsync()
    {
        Http.Dispose();
        _repeating.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
            _host = null;
        }
    }

    /// <summary>A setting for the next start of the host.</summary>
    public void Set(string key, string? value) => _settings[key] = value;

    /// <summary>One more pipeline between the same simulators, from the next start of the host.</summary>
    public void AddPipeline(string name)
    {
        foreach (var (key, value) in PipelineAppSetup.Defaults(name, Uon, Offerum))
        {
            Set(key, value);
        }
    }

    /// <summary>As below; a 5xx is sent again, as every client must: a busy machine can be too slow for the worker's own time limits.</summary>
    public async Task<HttpResponseMessage> SendWebhookAsync(long id, int eventType = 1, string pipeline = Name, params (string Key, string Value)[] more)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        while (true)
        {
            var answer = await SendWebhookOnceAsync(id, eventType, pipeline, more);
            if ((int)answer.StatusCode < 500)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, timeout.Token);
        }
    }

    /// <summary>The webhook as U-ON sends it, of event 1 (a lead was created) if nothing else is said.</summary>
    public Task<HttpResponseMessage> SendWebhookOnceAsync(long id, int eventType = 1, string pipeline = Name, params (string Key, string Value)[] more) =>
        Http.PostAsync($"uon/{pipeline}/{Secret}", new FormUrlEncodedContent(
            new[]
            {
                KeyValuePair.Create("uon_id", "67054"),
                KeyValuePair.Create("type_id", eventType.ToString(CultureInfo.InvariantCulture)),
                KeyValuePair.Create("request_id", id.ToString(CultureInfo.InvariantCulture)),
            }.Concat(more.Select(m => KeyValuePair.Create(m.Key, m.Value)))));

    /// <summary>The operation as the API tells it; null when there is none.</summary>
    public Task<JsonElement?> OperationAsync(string kind, long id, string pipeline = Name) =>
        OperationAsync(string.Create(CultureInfo.InvariantCulture, $"{pipeline}/{kind}/{id}"));

    /// <param name="operation">Such as <c>main/lead/48213</c>.</param>
    public async Task<JsonElement?> OperationAsync(string operation)
    {
        using var response = await Http.GetAsync($"operations/{operation}");
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    /// <summary>Waits until the operation is in one of the states; fails with its whole story when it does not get there.</summary>
    public Task<JsonElement> WaitForAsync(string kind, long id, params string[] states) =>
        WaitForAsync(string.Create(CultureInfo.InvariantCulture, $"{Name}/{kind}/{id}"), states);

    /// <param name="operation">Such as <c>main/lead/48213</c>.</param>
    public Task<JsonElement> WaitForAsync(string operation, params string[] states) =>
        WaitForAsync(operation, story => states.Contains(story.State()), $"become {string.Join(" or ", states)}");

    /// <param name="wanted">What the story has to tell.</param>
    /// <param name="words">For the failure: what it did not do.</param>
    public async Task<JsonElement> WaitForAsync(string operation, Func<JsonElement, bool> wanted, string words)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        JsonElement? last = null;
        while (!timeout.IsCancellationRequested)
        {
            last = await OperationAsync(operation);
            if (last is { } story && wanted(story))
            {
                return story;
            }

            await Task.Delay(Poll, TimeProvider.System, CancellationToken.None);
        }

        throw new TimeoutException($"{operation} did not {words}. It is: {last}");
    }

    /// <summary>
    /// Waits until no queue has a message, hidden ones included: then nothing more can happen. Asked in the order in which messages
    /// travel, so that none is missed between two queues.
    /// </summary>
    public async Task WaitUntilQuietAsync()
    {
        foreach (var queue in Host.Queues.Select(name => Queue(name)))
        {
            // Queues of destinations that no pipeline uses are not there.
            await Eventually.UntilAsync(async () => !await queue.ExistsAsync() || (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, Poll);
        }
    }

    /// <summary>Waits until the queue has messages and all of them are hidden: somebody has looked at them and put them off.</summary>
    public Task WaitForHiddenAsync(string name)
    {
        var queue = Queue(name);
        return Eventually.UntilAsync(
            async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount > 0 && (await queue.PeekMessagesAsync(1)).Value.Length == 0, Poll);
    }

    /// <summary>POST with a JSON body to one of the operators' routes.</summary>
    public Task<HttpResponseMessage> PostAsync(string route, object body) => Http.PostAsJsonAsync(route, body);

    /// <summary>Puts a body on a queue as somebody else would.</summary>
    public QueueClient Queue(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(Storage, name, new QueueClientOptions { MessageEncoding = encoding });

    /// <summary>Has a job run once from now on. Returns before it has run.</summary>
    public async Task RunJobAsync(string job)
    {
        using var response = await _repeating.PostAsync($"jobs/{job}/run", content: null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Has a job run once from now on, and waits until it has.</summary>
    public async Task RunJobToItsEndAsync(string job)
    {
        await RunJobAsync(job);
        await Eventually.GetAsync(() => _repeating.GetFromJsonAsync<JsonElement>("jobs"), jobs => !JobList.IsBusy(jobs, job), Poll);
    }

    /// <summary>Ends its process at once: nothing is asked of it any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _repeating.Dispose();
        await (_host?.KillAsync() ?? Task.CompletedTask);
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Uon.DisposeAsync();
        await Offerum.DisposeAsync();
    }

    private static HttpClient Client(LocalHostApp host, HttpMessageHandler handler) =>
        new(handler) { BaseAddress = new Uri(host.BaseAddress, "api/"), DefaultRequestHeaders = { { "x-functions-key", host.FunctionKey } }, Timeout = TestTimeouts.Operation };
}
