using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.UonWebhookFunction;

/// <summary>Queue <c>uon-records</c>: fetches one record from U-ON and reads what the destinations need.</summary>
public sealed class EnrichRecord(RecordEnricher enricher)
{
    [Function(nameof(EnrichRecord))]
    public Task RunAsync([QueueTrigger(QueueNames.UonRecords)] QueueMessage message) => enricher.RunAsync(message);
}
