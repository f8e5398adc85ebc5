using System.Globalization;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Views;

/// <summary>Items without an operation that an operator must still see: unreadable messages, refused webhooks and unmatched postbacks, in the shape of operations.</summary>
public sealed class OrphanedItems(
    UnreadableMessages unreadable, RefusedWebhooks refused, UnmatchedPostbackList unmatched, PipelineRegistry registry, IEnumerable<IDestination> destinations)
{
    /// <summary>In place of an operation's state.</summary>
    public const string UnmatchedState = "Unmatched";

    public static OperationView Of(UnreadableMessage message) => Orphan(
        $"unreadable/{message.Queue}/{message.Key}", "", message.Key, nameof(OperationState.Failed), message.At,
        new ErrorView(ErrorCodes.Unreadable, $"A message on {message.Queue} {message.Problem}. Its {message.Body.Length} bytes are kept: reveal shows them, resolve discards them.", message.Queue));

    /// <param name="from">Only those that arrived then or later; null: all.</param>
    /// <param name="to">Only earlier ones; null: all.</param>
    /// <param name="take">At most this many of each queue, the newest.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<OperationView>> UnreadableAsync(DateTimeOffset? from, DateTimeOffset? to, int take, CancellationToken cancellationToken)
    {
        var views = new List<OperationView>();
        foreach (var queue in destinations.Select(d => d.Queue).Prepend(QueueNames.UonRecords))
        {
            var found = await unreadable.ListAsync(queue, from, to, take, cancellationToken);
            views.AddRange(found.Select(Of));
        }

        return views;
    }

    /// <inheritdoc cref="UnmatchedAsync"/>
    public async Task<IReadOnlyList<OperationView>> RefusedAsync(string? pipeline, DateTimeOffset? from, DateTimeOffset? to, int take, CancellationToken cancellationToken)
    {
        var views = new List<OperationView>();
        foreach (var name in (await registry.NamesAsync(cancellationToken)).Where(n => pipeline is null || n == pipeline))
        {
            var found = await refused.ListAsync(name, from, to, take, cancellationToken);
            views.AddRange(found.Select(w => Orphan(
                $"refused/{w.Pipeline}/{w.Key}", w.Pipeline, w.Key, "Refused", w.At,
                new ErrorView($"http-{w.Status.ToString(CultureInfo.InvariantCulture)}", w.Problem, "webhook"))));
        }

        return views;
    }

    /// <param name="pipeline">Null: all pipelines.</param>
    /// <param name="from">Only those received then or later; null: all.</param>
    /// <param name="to">Only earlier ones; null: all.</param>
    /// <param name="take">At most this many of each pipeline, the newest.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<OperationView>> UnmatchedAsync(string? pipeline, DateTimeOffset? from, DateTimeOffset? to, int take, CancellationToken cancellationToken)
    {
        var views = new List<OperationView>();
        foreach (var name in (await registry.NamesAsync(cancellationToken)).Where(n => pipeline is null || n == pipeline))
        {
            var found = await unmatched.ListAsync(name, from, to, take, cancellationToken);
            views.AddRange(found.Select(p => Orphan(
                $"unmatched/{p.Pipeline}/{p.Key}", p.Pipeline, p.Key, UnmatchedState, p.At,
                new ErrorView(
                    ErrorCodes.UnmatchedPostback,
                    // A subid comes from a template and may hold a phone; an order id comes from the network.
                    $"{p.Problem} Status {p.Status}, subid {(p.SubId is { } subId ? Mask.Text(subId) : "none")}, order id {p.OrderId ?? "none"}.",
                    "postback"))));
        }

        return views;
    }

    private static OperationView Orphan(string id, string pipeline, string key, string state, DateTimeOffset at, ErrorView error) => new(
        id, pipeline, "", key, state, "", 0, at, at, null, false, false, false, new Dictionary<string, string>(StringComparer.Ordinal), error, [], [], null, [], null);
}
