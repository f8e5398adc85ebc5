using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Runs the enrichment's steps without the journal, the queues and the breakers.</summary>
public sealed class RecordPreview(RecordLookup lookup, IEnumerable<IDestination> destinations, TimeProvider time) : IRecordPreview
{
    public async Task<Operation> FetchAsync(Pipeline pipeline, RecordKind kind, long id, CancellationToken cancellationToken)
    {
        var message = new StageMessage { Pipeline = pipeline.Name, Kind = kind, Id = id, Run = RunId.New(time), Attempt = 1 };
        var outcome = await lookup.FetchAsync(pipeline, message, cancellationToken);
        var now = time.GetUtcNow();
        var begun = EnrichResults.Begin(null, message, message.OperationId() with { Kind = outcome.Kind }, now);
        return EnrichResults.Apply(begun, outcome, pipeline.Get<UonSettings>(), destinations.Where(d => !d.IsReport && d.Serves(pipeline)), now, random: 0);
    }
}
