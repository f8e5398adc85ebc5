using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Checks U-ON and the destinations with a draft's keys, using reads without side effects.</summary>
public sealed class AccountEndpoint(EditorAccess access, DraftReader drafts, IEnumerable<IHealthProbe> probes, IEnumerable<IAccountFlows> flows, SenderSwitches senders, PipelineParts parts)
{
    /// <summary>Checks each part separately: a part without a key reports that, and the others are still checked.</summary>
    public Task<IResult> CheckAsync(string name, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async live =>
        {
            var draft = await drafts.ReadAsync(live, cancellationToken);
            var checks = await Task.WhenAll(probes.Where(p => p.Serves(draft.Pipeline)).Select(probe => CheckAsync(draft, probe, cancellationToken)));
            return TypedResults.Json(new ChecksView(checks), PipelineControlJson.Types.ChecksView);
        },
        cancellationToken);

    public Task<IResult> FlowsAsync(string name, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async live =>
        {
            var draft = await drafts.ReadAsync(live, cancellationToken);
            var source = flows.First();
            if ((draft.ProblemOf($"{source.Section}:ApiKey") ?? draft.ProblemOf($"{source.Section}:BaseAddress")) is { } problem)
            {
                return EditorProblems.CannotPublish([problem]);
            }

            var (items, away) = await source.ListAsync(draft.Pipeline, cancellationToken);
            return away is not null
                ? TrialRequest.Away(away)
                : TypedResults.Json(new FlowListView([.. items.Select(f => new FlowView(f.Id, f.Title))]), EditorJson.Types.FlowListView);
        },
        cancellationToken);

    private async Task<CheckView> CheckAsync(DraftReading draft, IHealthProbe probe, CancellationToken cancellationToken)
    {
        if (draft.ProblemOf(Section(probe.Breaker)) is { } problem)
        {
            return new CheckView(probe.Breaker, false, problem.Code, $"{problem.Key}: {problem.Message} {problem.Remedy}");
        }

        if (senders.Problems([probe.Breaker]).FirstOrDefault() is { } off)
        {
            return new CheckView(probe.Breaker, false, "destination-off", off);
        }

        var result = await probe.ProbeAsync(draft.Pipeline, cancellationToken);
        return new CheckView(probe.Breaker, result.Works, result.Code, result.Message);
    }

    /// <summary>The section of the destination with this name; any other name means U-ON.</summary>
    private string Section(string breaker) => parts.All.FirstOrDefault(p => p.Destination == breaker)?.Section ?? "Uon";
}
