using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Testing;

/// <summary>The app's services as <c>Program.cs</c> registers them, without the worker and its host. For tests that swap a service or call one directly.</summary>
public sealed class PipelineServices : IAsyncDisposable
{
    /// <summary>A port at which nothing listens.</summary>
    private const string Nowhere = "http://127.0.0.1:9/";

    private readonly IHost _host;

    /// <param name="settings">As in configuration, with <c>:</c>.</param>
    /// <param name="time">Instead of the system's.</param>
    public PipelineServices(IEnumerable<KeyValuePair<string, string?>> settings, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddUonOfferum();
        _host = builder.Build();
    }

    /// <summary>Pipelines of one cabinet and one Offerum account, where nothing answers at the addresses outside.</summary>
    /// <param name="storage">A connection string.</param>
    /// <param name="time">Instead of the system's.</param>
    /// <param name="pipelines">Their names.</param>
    /// <param name="more">Whole keys; a later value wins over an earlier one, and null leaves the key out.</param>
    public static PipelineServices Offline(string storage, TimeProvider time, IReadOnlyCollection<string> pipelines, params IEnumerable<(string Key, string? Value)> more)
    {
        (string Key, string? Value)[] each =
        [
            ("Webhook:Secret", PipelineApp.Secret), ("Uon:ApiKey", "key"), ("Uon:BaseAddress", Nowhere),
            ("Offerum:ApiKey", "key"), ("Offerum:Flow", "zkVz"), ("Offerum:BaseAddress", Nowhere),
        ];
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = storage };
        foreach (var (key, value) in pipelines.SelectMany(name => each.Select(s => ($"Pipelines:{name}:{s.Key}", s.Value))).Concat(more))
        {
            settings[key] = value;
        }

        return new PipelineServices(settings.Where(s => s.Value is not null), time);
    }

    public IServiceProvider Provider => _host.Services;

    public T Get<T>() where T : notnull => Provider.GetRequiredService<T>();

    /// <summary>Journals an operation that was enriched just now.</summary>
    public async Task<JournalEntry> JournalAsync(OperationId id, params Delivery[] deliveries)
    {
        var time = Get<TimeProvider>();
        var now = time.GetUtcNow();
        var operation = new Operation
        {
            Id = id,
            Run = RunId.New(time),
            Attempt = 2,
            Enrichment = EnrichmentState.Enriched,
            ReceivedAt = now,
            UpdatedAt = now,
            Fields = RecordFields.Empty.With([new("phone", "+79001112233")]),
            Deliveries = [.. deliveries],
        };
        return await Get<JournalStore>().InsertAsync(operation, CancellationToken.None) ?? throw new InvalidOperationException($"{id} is in the journal already.");
    }

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
