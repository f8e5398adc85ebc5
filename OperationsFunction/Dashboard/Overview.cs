using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Dashboard;

/// <summary>Whether leads flow, at a glance: counters of the range, and what is open now. Reads only uncertain operations, to know which of them need an operator.</summary>
public sealed class Overview(
    PipelineCatalog pipelines,
    PipelineRegistry registry,
    Counters counters,
    OpenOperations open,
    BreakerStatus breakers,
    QueueDepths queues,
    AlertSettings alerts,
    AlertStatus channels,
    TimeProvider time)
{
    private static readonly OperationState[] NotFinal =
    [
        OperationState.Waiting, OperationState.Enriched, OperationState.Sending, OperationState.Held,
        OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed,
    ];

    private static readonly OperationState[] Attention =
        [OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed];

    public async Task<IResult> GetAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        if (OverviewRange.Find(query["range"].ToString()) is not { } range)
        {
            return Problems.BadRequest("range must be 24h, 7d or 30d.");
        }

        var name = query["pipeline"].ToString();
        if (name.Length > 0 && await registry.RefusalAsync(name, cancellationToken) is { } refusal)
        {
            return Problems.BadRequest(refusal);
        }

        var now = time.GetUtcNow();
        var views = await Task.WhenAll((await registry.NamesAsync(cancellationToken))
            .Where(n => name.Length == 0 ? !pipelines.Current.IsArchived(n) : n == name)
            .Order(StringComparer.Ordinal)
            .Select(n => ViewAsync(n, range, now, cancellationToken)));
        var depths = await queues.FetchAsync(cancellationToken);
        return TypedResults.Json(
            new OverviewView(now, range.Name, range.Step, views, [.. depths.Select(QueueView.Of)], await channels.GetAsync(cancellationToken)),
            DashboardJson.Types.OverviewView);
    }

    private async Task<PipelineOverviewView> ViewAsync(string pipeline, OverviewRange range, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var steps = range.Steps(now);
        var hours = await counters.SinceAsync(pipeline, steps[0], cancellationToken);
        var sum = new HourCounter();
        foreach (var hour in hours.Values)
        {
            sum.Add(hour);
        }

        var counts = await Task.WhenAll(NotFinal.Select(async state => (State: state, Count: await open.CountAsync(pipeline, state, Backlog.MaxCount, cancellationToken))));
        var attention = await Task.WhenAll(counts.Where(c => Backlog.NeedAttention.Contains(c.State)).Select(async c =>
            c is { State: OperationState.Uncertain, Count: > 0 } ? await open.CountForOperatorAsync(pipeline, c.State, Backlog.MaxCount, cancellationToken) : c.Count));
        var blocking = await breakers.OpenAsync(pipeline, cancellationToken);
        var last = await counters.LastWebhookAsync(pipeline, cancellationToken);
        return new PipelineOverviewView(
            pipeline,
            BreakerStatus.IsPaused(blocking),
            blocking,
            MetricEvent.States.ToDictionary(s => s.ToString(), s => sum.States.GetValueOrDefault(s.ToString()), StringComparer.Ordinal),
            counts.ToDictionary(c => c.State.ToString(), c => c.Count, StringComparer.Ordinal),
            counts.Any(c => c.Count >= Backlog.MaxCount),
            attention.Sum(),
            LatencyHistogram.Percentile(sum.Latency, 0.5) is { } p50 && LatencyHistogram.Percentile(sum.Latency, 0.95) is { } p95 ? new SecondsView(p50, p95) : null,
            new PostbacksView(
                Verdicts(sum, "approved"), Verdicts(sum, "declined"), Verdicts(sum, "trash"),
                [.. sum.Payouts.Where(p => p.Value != 0).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new PayoutView(p.Key, p.Value))]),
            last,
            last is { } at && pipelines.Knows(pipeline) && now - at > alerts.Silence && !pipelines.Current.IsStopped(pipeline),
            Series(hours, steps, range.Length));
    }

    /// <summary>A verdict that was given before the range and changed within it has a negative count.</summary>
    private static long Verdicts(HourCounter sum, string verdict) => Math.Max(0, sum.Postbacks.GetValueOrDefault(verdict));

    private static List<StepView> Series(IReadOnlyDictionary<string, HourCounter> hours, IReadOnlyList<DateTimeOffset> steps, TimeSpan length)
    {
        var byStep = hours.ToLookup(
            h => (DateTimeOffset.ParseExact(h.Key, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - steps[0]).Ticks / length.Ticks,
            h => h.Value);
        return [.. steps.Select((at, step) => new StepView(
            at,
            byStep[step].Sum(c => c.Received),
            byStep[step].Sum(c => c.States.GetValueOrDefault(nameof(OperationState.Delivered))),
            byStep[step].Sum(c => Attention.Sum(s => c.States.GetValueOrDefault(s.ToString())))))];
    }
}
