using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>The enrichment's own steps without the journal, the queues and the gates.</summary>
public sealed class RecordPreview(RecordLookup lookup, IEnumerable<IDestination> destinations, TimeProvider time) : IRecordPreview
{
    public async Task<Operation> LookAsync(Pipeline pipeline, RecordKind kind, long id, CancellationToken cancellationToken)
    {
        var message = new StageMessage { Pipeline = pipeline.Name, Kind = kind, Id = id, Run = Runs.New(time), Attempt = 1 };
        var outcome = await lookup.LookAsync(pipeline, message, cancellationToken);
        var now = time.GetUtcNow();
        var begun = EnrichResults.Begin(null, message, message.OperationId() with { Kind = outcome.Kind }, now);
        return EnrichResults.Apply(begun, outcome, pipeline.Get<UonSettings>(), destinations.Where(d => d.Serves(pipeline)), now, random: 0);
    }
}
