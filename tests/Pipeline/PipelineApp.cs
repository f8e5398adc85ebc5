using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using UonOfferum.LocalHost;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline;

/// <summary>The real app in a LocalHost, on a storage account of its own, between the two simulators. Delays are short.</summary>
public sealed class PipelineApp : IAsyncDisposable
{
    public const string Secret = "a-webhook-secret-for-tests";
    public const string Name = "main";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Dictionary<string, string?> _settings;
    private LocalHostApp? _host;

    private PipelineApp(string storage, UonSimulator uon, OfferumSimulator offerum, Dictionary<string, string?> settings)
    {
        (Storage, Uon, Offerum, _settings) = (storage, uon, offerum, settings);
    }

    public string Storage { get; }

    public UonSimulator Uon { get; }

    public OfferumSimulator Offerum { get; }

    public LocalHostApp Host => _host ?? throw new InvalidOperationException("The host is stopped.");

    public HttpClient Http { get; private set; } = new();

    public TableClient Journal => new(Storage, "journal");

    public static async Task<PipelineApp> StartAsync(AzuriteFixture azurite, params (string Key, string? Value)[] settings)
    {
        var uon = await UonSimulator.StartAsync(new UonSimulatorOptions { RequestsPerSecond = null }, CancellationToken.None);
        var offerum = await OfferumSimulator.StartAsync(null, CancellationToken.None);
        var storage = azurite.NewAccount();
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["AzureWebJobsStorage"] = storage,
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:01",
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.200",
            ["LocalHost:FunctionKey"] = "a-function-key-for-tests",
            [$"Pipelines:{Name}:Webhook:Secret"] = Secret,
            [$"Pipelines:{Name}:Uon:ApiKey"] = UonSimulator.DefaultApiKey,
            [$"Pipelines:{Name}:Uon:BaseAddress"] = uon.BaseAddress.ToString(),
            [$"Pipelines:{Name}:Uon:RequestsPerSecond"] = "10000",
            [$"Pipelines:{Name}:Uon:Timeout"] = "00:00:01",
            [$"Pipelines:{Name}:Uon:WaitFor"] = "00:00:01,00:00:01",
            [$"Pipelines:{Name}:Uon:Retry"] = "00:00:01,00:00:01",
            [$"Pipelines:{Name}:Offerum:ApiKey"] = OfferumSimulator.DefaultKey,
            [$"Pipelines:{Name}:Offerum:Flow"] = OfferumSimulator.DefaultFlow,
            [$"Pipelines:{Name}:Offerum:BaseAddress"] = offerum.BaseAddress.ToString(),
            [$"Pipelines:{Name}:Offerum:Timeout"] = "00:00:01",
            [$"Pipelines:{Name}:Offerum:Retry"] = "00:00:01,00:00:01",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var app = new PipelineApp(storage, uon, offerum, all);
        await app.StartHostAsync();
        return app;
    }

    public async Task StartHostAsync()
    {
        _host = await LocalHostApp.StartAsync(["--urls", "http://127.0.0.1:0"], configuration => configuration.AddInMemoryCollection(_settings));
        Http = new HttpClient { BaseAddress = new Uri(_host.BaseAddress, "api/"), DefaultRequestHeaders = { { "x-functions-key", _host.FunctionKey } } };
    }

    public async Task StopHostAsync()
    {
        Http.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
            _host = null;
        }
    }

    /// <summary>The webhook as U-ON sends it, of event 1 (a lead was created) if nothing else is said.</summary>
    public Task<HttpResponseMessage> SendWebhookAsync(long id, int eventType = 1, string pipeline = Name, params (string Key, string Value)[] more) =>
        Http.PostAsync($"uon/{pipeline}/{Secret}", new FormUrlEncodedContent(
            new[]
            {
                KeyValuePair.Create("uon_id", "67054"),
                KeyValuePair.Create("type_id", eventType.ToString(CultureInfo.InvariantCulture)),
                KeyValuePair.Create("request_id", id.ToString(CultureInfo.InvariantCulture)),
            }.Concat(more.Select(m => KeyValuePair.Create(m.Key, m.Value)))));

    /// <summary>The operation as the API tells it; null when there is none.</summary>
    public async Task<JsonElement?> OperationAsync(string kind, long id, string pipeline = Name)
    {
        using var response = await Http.GetAsync($"operations/{pipeline}/{kind}/{id}");
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    /// <summary>Waits until the operation is in one of the states; fails with its whole story when it does not get there.</summary>
    public async Task<JsonElement> WaitForAsync(string kind, long id, params string[] states)
    {
        using var patience = new CancellationTokenSource(Patience);
        JsonElement? last = null;
        while (!patience.IsCancellationRequested)
        {
            last = await OperationAsync(kind, id);
            if (last is { } operation && states.Contains(operation.GetProperty("state").GetString()))
            {
                return operation;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        throw new TimeoutException($"{kind}/{id} did not become {string.Join(" or ", states)}. It is: {last}");
    }

    /// <summary>Puts a body on a queue as somebody else would.</summary>
    public QueueClient Queue(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(Storage, name, new QueueClientOptions { MessageEncoding = encoding });

    /// <summary>Runs a timer function now, as the host's admin address does.</summary>
    public async Task RunTimerAsync(string function)
    {
        using var response = await Http.PostAsync(new Uri(Host.BaseAddress, $"admin/functions/{function}"), JsonContent.Create(new { }));
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        await Uon.DisposeAsync();
        await Offerum.DisposeAsync();
    }
}
