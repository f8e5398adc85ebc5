using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Attention;

/// <summary>Groups what needs a person by its cause. Reads the state index only, and no further than <see cref="MaxRows"/> a state.</summary>
public sealed class AttentionGroups(OpenOperations open)
{
    /// <summary>Enough to mend a cause; who has more mends it all the same.</summary>
    public const int MaxRows = 1_000;

    private const int MaxSamples = 5;
    private static readonly string[] From = ["enrich", "send"];

    private const string PauseWords = "The pipeline is paused. Resume it to go on.";

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
            found.Add(operation);
            if (found.Count == MaxRows)
            {
                break;
            }
        }

        return found
            .GroupBy(o => (o.Error?.Code, Destination: o.Error is { Stage: not Stages.Enrich } error ? error.Stage : null))
            .Select(group => Group(pipeline, state, group.Key.Code, group.Key.Destination, [.. group.OrderByDescending(o => o.UpdatedAt)], found.Count == MaxRows));
    }

    private static AttentionGroupView Group(
        string pipeline, OperationState state, string? code, string? destination, IReadOnlyList<Operation> newestFirst, bool capped) =>
        new(
            pipeline,
            state.ToString(),
            code,
            destination,
            newestFirst.Count,
            capped,
            newestFirst[^1].UpdatedAt,
            newestFirst[0].UpdatedAt,
            newestFirst[0].Error?.Message ?? PauseWords,
            [.. newestFirst.Take(MaxSamples).Select(o => o.Id.ToString())],
            new AttentionQueryView(pipeline, state.ToString(), code),
            // What a person paused goes on when it is resumed, and a replay would only be held again.
            code is null ? [] : [.. From.Where(from => ReplaySelection.Allowed(from).Contains(state))]);
}
