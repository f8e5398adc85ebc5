using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>Opens the delivery that writes to U-ON when a step results in an outcome that the pipeline is configured to report.</summary>
public sealed class WriteBackFollowUps(PipelineCatalog pipelines, IEnumerable<DestinationQueue> destinations) : IFollowUps
{
    public Operation Apply(Operation before, Operation after) =>
        pipelines.TryFind(after.Id.Pipeline, out var pipeline) && pipeline.Get<UonSettings>().WriteBack is { IsOn: true } settings
            ? OutcomeRules.New(before, after, destinations.Select(d => d.Destination))
                .Where(report => settings.ByOutcome.ContainsKey(report.Outcome))
                .Aggregate(after, (operation, report) => Reports.Open(operation, WriteBackDestination.DestinationName, report))
            : after;
}
