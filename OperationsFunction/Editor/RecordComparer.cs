using System.Globalization;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Compares one record's outcome and orders under two revisions of a pipeline.</summary>
public sealed class RecordComparer(IRecordSamples samples, IEnumerable<IDestination> destinations)
{
    /// <summary>Enough to show a difference; all fifty records must fit into one row.</summary>
    private const int MaxShown = 100;

    private const string Url = "url";

    /// <summary>Null when U-ON did not answer; the reason is in <paramref name="away"/>.</summary>
    public async Task<ComparedView?> CompareAsync(Operation journaled, Pipeline live, Pipeline draft, Action<string> away, CancellationToken cancellationToken)
    {
        // The same moment for both: a record without a date is sold as of its webhook's arrival.
        var webhook = journaled.Webhook ?? new WebhookMetadata { ReceivedAt = journaled.ReceivedAt };
        var now = await samples.FetchAsync(live, journaled.Id.Kind, journaled.Id.RecordId, webhook, cancellationToken);
        var next = await samples.FetchAsync(draft, journaled.Id.Kind, journaled.Id.RecordId, webhook, cancellationToken);
        if (new[] { now, next }.FirstOrDefault(s => s.Operation.Error?.Code is ErrorCodes.UonUnavailable or ErrorCodes.UonDenied or ErrorCodes.UonInactive) is { Operation.Error: { } error })
        {
            away(error.Message);
            return null;
        }

        return new ComparedView(
            journaled.Id.ToString(),
            journaled.Id.Kind.Name(),
            journaled.Id.RecordId.ToString(CultureInfo.InvariantCulture),
            Outcome(now.Operation),
            Outcome(next.Operation),
            [.. destinations
                .Select(d => Compare(d.Name, Order(d, live, now.Operation), Order(d, draft, next.Operation)))
                .OfType<ComparedOrderView>()]);
    }

    /// <summary>Null when neither revision sends.</summary>
    internal static ComparedOrderView? Compare(string destination, OrderPreview? live, OrderPreview? draft)
    {
        var (was, will) = (Flat(live), Flat(draft));
        var fields = was.Keys.Union(will.Keys, StringComparer.Ordinal)
            .Where(name => was.GetValueOrDefault(name) != will.GetValueOrDefault(name))
            .Select(name => new ComparedFieldView(name, Shown(name, was.GetValueOrDefault(name)), Shown(name, will.GetValueOrDefault(name))))
            .ToList();
        return (live, draft) switch
        {
            (null, null) => null,
            (null, _) => new ComparedOrderView(destination, "added", fields),
            (_, null) => new ComparedOrderView(destination, "removed", fields),
            _ => new ComparedOrderView(destination, fields.Count == 0 ? ComparedOrderView.Unchanged : "changed", fields),
        };
    }

    private static OrderPreview? Order(IDestination destination, Pipeline pipeline, Operation operation) =>
        operation.Enrichment == EnrichmentState.Enriched && !destination.IsReport && destination.Serves(pipeline) ? destination.Preview(pipeline, operation) : null;

    private static Dictionary<string, string> Flat(OrderPreview? order)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in order is null ? [] : order.Form.Prepend(new(Url, $"{order.Method} {order.Address}")))
        {
            all[name] = value;
        }

        return all;
    }

    private static string? Shown(string name, string? value) => value is null
        ? null
        : Mask.Fields(RecordFields.Empty.With([KeyValuePair.Create(name, value)]))[name] is { } masked ? masked[..Math.Min(masked.Length, MaxShown)] : "";

    private static ComparedOutcomeView Outcome(Operation operation) => new(
        DryRun.Outcome(operation.State), operation.Error?.Code, operation.Error?.Message is { } message ? message[..Math.Min(message.Length, 2 * MaxShown)] : null);
}
