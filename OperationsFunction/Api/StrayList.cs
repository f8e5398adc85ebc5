using System.Globalization;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>What belongs to no operation and must be seen all the same: unreadable messages and refused webhooks, in the shape of operations.</summary>
public sealed class StrayList(
    UnreadableMessages unreadable, RefusedWebhooks refused, PipelineCatalog pipelines, IEnumerable<IDestination> destinations)
{
    public async Task<IReadOnlyList<OperationView>> UnreadableAsync(int take, CancellationToken cancellationToken)
    {
        var views = new List<OperationView>();
        foreach (var queue in destinations.Select(d => d.Queue).Prepend(QueueNames.UonRecords))
        {
            var found = await unreadable.ListAsync(queue, take, cancellationToken);
            views.AddRange(found.Select(m => Stray(
                $"unreadable/{m.Queue}/{m.Key}", "", m.Key, nameof(OperationState.Failed), m.At,
                new ErrorView(ErrorCodes.Unreadable, $"A message on {m.Queue} {m.Problem}. Its {m.Body.Length} bytes are kept in the journal.", m.Queue))));
        }

        return views;
    }

    public async Task<IReadOnlyList<OperationView>> RefusedAsync(string? pipeline, int take, CancellationToken cancellationToken)
    {
        var views = new List<OperationView>();
        foreach (var name in pipelines.Names.Where(n => pipeline is null || n == pipeline))
        {
            var found = await refused.ListAsync(name, take, cancellationToken);
            views.AddRange(found.Select(w => Stray(
                $"refused/{w.Pipeline}/{w.Key}", w.Pipeline, w.Key, "Refused", w.At,
                new ErrorView($"http-{w.Status.ToString(CultureInfo.InvariantCulture)}", w.Problem, "webhook"))));
        }

        return views;
    }

    private static OperationView Stray(string id, string pipeline, string key, string state, DateTimeOffset at, ErrorView error) => new(
        id, pipeline, "", key, state, "", 0, at, at, null, new Dictionary<string, string>(StringComparer.Ordinal), error, [], null, [], null);
}
