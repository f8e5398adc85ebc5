using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Attention;

/// <summary>Groups the operations that need an operator by cause. Reads only the state index, at most <see cref="MaxRows"/> rows per state.</summary>
public sealed class AttentionGroups(OpenOperations open)
{
    /// <summary>Enough to identify a cause; a larger group needs the same fix.</summary>
    public const int MaxRows = 1_000;

    private const int MaxSamples = 5;
    private static readonly string[] From = ["enrich", "send"];

    private const string PauseMessage = "The pipeline is paused. Resume it to continue.";

    public async Task<IReadOnlyList<AttentionGroupView>> OfAsync(string pipeline, CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(Backlog.NeedAttention.Select(state => OfAsync(pipeline, state, cancellationToken)));
        return [.. states.SelectMany(groups => groups)];
    }

    private async Task<IEnumerable<AttentionGroupView>> OfAsync(string pipeline, OperationState state, CancellationToken cancellationToken)
    {
        var found = new List<Operation>();
        await foreach (var operation in open.InStateAsync(pipeline, state, cancellationToken))
        {
            if (!operation.Standings.Any(s => s.NeedsOperatorIn(state)))
            {
                continue;
            }

            found.Add(operation);
            if (found.Count == MaxRows)
            {
                break;
            }
        }

        return found
            .SelectMany(o => o.Standings.Where(s => s.NeedsOperatorIn(state)), (operation, standing) => (Operation: operation, standing.Destination, standing.Error))
            .GroupBy(s => (s.Error?.Code, Destination: s.Error is { Stage: not Stages.Enrich } error ? error.Stage : null))
            .Select(group => Group(
                pipeline, state, group.Key.Code, group.Key.Destination, group.First().Error?.Message,
                [.. group.Select(s => s.Operation).Distinct().OrderByDescending(o => o.UpdatedAt)], found.Count == MaxRows,
                group.Any(s => s.Destination is { } name && s.Operation.DeliveryTo(name)?.IsInDoubt() == true)));
    }

    private static AttentionGroupView Group(
        string pipeline, OperationState state, string? code, string? destination, string? message, IReadOnlyList<Operation> newestFirst, bool capped, bool mayHaveArrived) =>
        new(
            pipeline,
            state.ToString(),
            code,
            destination,
            newestFirst.Count,
            capped,
            newestFirst[^1].UpdatedAt,
            newestFirst[0].UpdatedAt,
            message ?? PauseMessage,
            [.. newestFirst.Take(MaxSamples).Select(o => o.Id.ToString())],
            new AttentionQueryView(pipeline, state.ToString(), code, destination),
            mayHaveArrived,
            // Paused work continues after a resume, and a retired pipeline's work once the pipeline is back; a replay would only be held again.
            code is null or ErrorCodes.Retired ? [] : [.. From.Where(from => ReplaySelection.Allowed(from).Contains(state) && (from == "send" || !IsReport(newestFirst[0], destination)))]);

    /// <summary>A delivery that reports an outcome has no record to fetch.</summary>
    private static bool IsReport(Operation operation, string? destination) => destination is not null && operation.DeliveryTo(destination)?.IsReport() == true;
}
