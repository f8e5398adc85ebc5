using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using UonOfferum.Shared.Messaging;
using UonOfferum.Simulators;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.Testing;

/// <summary>
/// What an app under test stands between: a storage account and the two simulators, which outlive its processes, and the settings that
/// make it use them. Delays are short, so that minutes become seconds; the time for a call is long, for machines that are busy.
/// </summary>
public sealed class TestBed : IAsyncDisposable
{
    public const string Pipeline = "main";
    public const string WebhookSecret = "a-webhook-secret-for-tests";
    public const string FunctionKey = "a-function-key-for-tests";
    public const string MasterKey = "a-master-key-for-tests";

    private TestBed(string storage, UonSimulator uon, OfferumSimulator offerum)
    {
        (Storage, Uon, Offerum) = (storage, uon, offerum);
        Settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["AzureWebJobsStorage"] = storage,
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:01",
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.200",
            ["LocalHost:FunctionKey"] = FunctionKey,
            ["LocalHost:MasterKey"] = MasterKey,
            ["LocalHost:MessageLock"] = "00:00:05",
        };
        AddPipeline(Pipeline);
    }

    /// <summary>Connection string.</summary>
    public string Storage { get; }

    public UonSimulator Uon { get; }

    public OfferumSimulator Offerum { get; }

    /// <summary>For every process started from now on.</summary>
    public Dictionary<string, string> Settings { get; }

    public static async Task<TestBed> StartAsync(string storage, CancellationToken cancellationToken) => new(
        storage,
        await UonSimulator.StartAsync(new UonSimulatorOptions { RequestsPerSecond = null }, cancellationToken),
        await OfferumSimulator.StartAsync(null, cancellationToken));

    public void AddPipeline(string name)
    {
        Settings[$"Pipelines:{name}:Webhook:Secret"] = WebhookSecret;
        Settings[$"Pipelines:{name}:Uon:ApiKey"] = UonSimulator.DefaultApiKey;
        Settings[$"Pipelines:{name}:Uon:BaseAddress"] = Uon.BaseAddress.ToString();
        Settings[$"Pipelines:{name}:Uon:RequestsPerSecond"] = "10000";
        Settings[$"Pipelines:{name}:Uon:Timeout"] = "00:00:10";
        Settings[$"Pipelines:{name}:Uon:WaitFor"] = "00:00:01,00:00:01";
        Settings[$"Pipelines:{name}:Uon:Retry"] = "00:00:01,00:00:01,00:00:02";
        Settings[$"Pipelines:{name}:Offerum:ApiKey"] = OfferumSimulator.DefaultKey;
        Settings[$"Pipelines:{name}:Offerum:Flow"] = OfferumSimulator.DefaultFlow;
        Settings[$"Pipelines:{name}:Offerum:BaseAddress"] = Offerum.BaseAddress.ToString();
        Settings[$"Pipelines:{name}:Offerum:Timeout"] = "00:00:10";
        Settings[$"Pipelines:{name}:Offerum:Retry"] = "00:00:01,00:00:01,00:00:02";
        Settings[$"Pipelines:{name}:Reconcile:Window"] = "00:00:00";
    }

    /// <summary>The host and the app on this bed, each a process of its own; as many as wanted at once.</summary>
    public Task<LocalHostProcess> StartHostAsync(CancellationToken cancellationToken, params IEnumerable<(string Key, string Value)> settings) =>
        LocalHostProcess.StartAsync(With(settings), cancellationToken);

    /// <summary>The app on this bed, a process of its own under a host in this process; as many as wanted at once.</summary>
    public async Task<HostedWorker> StartWorkerAsync(CancellationToken cancellationToken, params IEnumerable<(string Key, string Value)> settings)
    {
        var worker = await HostedWorker.StartAsync(With(settings), cancellationToken);

        try
        {
            // A worker compiles as it goes: its first call is slow, and the first of many calls at once would be slow for all of them.
            using var http = new HttpClient(new RepeatingHandler()) { BaseAddress = worker.BaseAddress, Timeout = TestTimeouts.Operation };
            using var answer = await http.GetAsync("api/health", cancellationToken);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// No message is left in any queue, hidden ones included: nothing can be stirred any more but by a timer. Asked in the order in which
    /// messages travel, so that none is missed between two queues.
    /// </summary>
    public async Task<bool> AreQueuesEmptyAsync(CancellationToken cancellationToken)
    {
        var service = new QueueServiceClient(Storage);
        var names = await service.GetQueuesAsync(cancellationToken: cancellationToken).Select(queue => queue.Name).ToListAsync(cancellationToken);
        foreach (var name in names.OrderBy(name => name == QueueNames.UonRecords ? 0 : name.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal) ? 3 : name == WriteBackDestination.QueueName ? 2 : 1))
        {
            if ((await service.GetQueueClient(name).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends the wait before the next probe of each open breaker.</summary>
    public async Task HurryProbesAsync(CancellationToken cancellationToken)
    {
        await foreach (var breaker in OpenBreakers(cancellationToken))
        {
            // The app may write the row at the same moment: only the one column is touched.
            var now = new TableEntity(breaker.PartitionKey, breaker.RowKey) { ["ProbeAt"] = TimeProvider.System.GetUtcNow() };
            await Journal.UpdateEntityAsync(now, ETag.All, TableUpdateMode.Merge, cancellationToken);
        }
    }

    /// <summary>
    /// Waits until a breaker is open, because a held operation is journaled before its breaker opens. It stays open only if its probe fails.
    /// </summary>
    /// <exception cref="TimeoutException">None opened, or it closed again.</exception>
    public async Task WaitForOpenBreakerAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await OpenBreakers(cancellationToken).AnyAsync(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(started) > TestTimeouts.Operation)
            {
                throw new TimeoutException("No circuit breaker is open: none opened, or its probe found that the system works, and it closed again.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Uon.DisposeAsync();
        await Offerum.DisposeAsync();
    }

    private TableClient Journal => new(Storage, "journal");

    private AsyncPageable<TableEntity> OpenBreakers(CancellationToken cancellationToken) =>
        Journal.QueryAsync<TableEntity>("RowKey ge 'gate|' and RowKey lt 'gate}' and Closed eq true", cancellationToken: cancellationToken);

    private Dictionary<string, string> With(IEnumerable<(string Key, string Value)> settings)
    {
        var all = new Dictionary<string, string>(Settings, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }
}
