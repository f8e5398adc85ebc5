using System.Reflection;
using Azure.Storage.Queues;
using UonOfferum.Bench.FloorApp;
using UonOfferum.Simulators;

namespace UonOfferum.Bench.Measuring;

/// <summary>The floor on the same host: how LocalHost runs <c>bench/FloorApp</c>, a function app without a pipeline.</summary>
internal static class FloorAppSettings
{
    private static readonly string Assembly =
        typeof(FloorAppSettings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FloorApp").Value!;

    /// <summary>Only the webhook.</summary>
    /// <param name="account">Connection string.</param>
    /// <param name="sends">Whether a webhook puts its message on the queue; else it only answers.</param>
    public static IEnumerable<KeyValuePair<string, string>> Webhook(string account, bool sends = true) =>
    [
        .. Common(account),
        new("AzureWebJobs:Enrich:Disabled", "true"),
        new("AzureWebJobs:Order:Disabled", "true"),
        new("FLOOR_SENDS", sends ? "true" : "false"),
    ];

    /// <summary>The webhook, and the two stages without a lead.</summary>
    public static IEnumerable<KeyValuePair<string, string>> WebhookBesideStages(string account) => Common(account);

    /// <summary>A lead's whole path.</summary>
    /// <param name="bed">Its account and simulators.</param>
    /// <param name="template">Connection string of the account in which the app delivered a lead.</param>
    public static IEnumerable<KeyValuePair<string, string>> Flow(TestBed bed, string template) =>
    [
        .. Common(bed.Storage),
        new("AzureFunctionsJobHost:extensions:queues:maxPollingInterval", bed.Settings["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"]),
        new("LocalHost:MessageLock", "00:10:00"),
        .. Calls(bed, template).Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
    ];

    /// <summary>The addresses the floor calls, and the account whose rows it copies.</summary>
    public static IEnumerable<(string Key, string Value)> Calls(TestBed bed, string template) =>
    [
        ("FLOOR_TEMPLATE", template),
        ("FLOOR_UON", $"{bed.Uon.BaseAddress}{UonSimulator.DefaultApiKey}/lead/"),
        ("FLOOR_OFFERUM", $"{bed.Offerum.BaseAddress}webmaster/order/?key={OfferumSimulator.DefaultKey}&flow={OfferumSimulator.DefaultFlow}&subid=lead-"),
    ];

    public static async Task CreateQueuesAsync(string account, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { FloorLead.Records, FloorLead.Orders })
        {
            await new QueueClient(account, name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Common(string account) =>
    [
        new("LocalHost:App", Assembly),
        new("AzureWebJobsStorage", account),
        new("AzureFunctionsJobHost:logging:logLevel:default", "Warning"),
    ];
}
