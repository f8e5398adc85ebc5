using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The last 24 hours in one message, once a day.</summary>
public sealed class DailySummary(PipelineCatalog pipelines, PipelineRegistry registry, Counters counters, OpenOperations open, AlertSettings settings, TimeProvider time)
{
    /// <summary>The day to sum up; null: not now.</summary>
    public DateOnly? Due(AlertState state)
    {
        var now = MoscowTime.Of(time.GetUtcNow());
        var today = DateOnly.FromDateTime(now.DateTime);
        return settings.Daily is { } at && TimeOnly.FromDateTime(now.DateTime) >= at && state.SummedUp != today ? today : null;
    }

    internal async Task<AlertMessage> WriteAsync(DateOnly day, AlertFormatter formatter, CancellationToken cancellationToken)
    {
        var lines = new List<DailyLine>();
        foreach (var name in (await registry.NamesAsync(cancellationToken)).Where(n => !pipelines.Current.IsArchived(n)).Order(StringComparer.Ordinal))
        {
            var sum = new HourCounter();
            foreach (var hour in (await counters.SinceAsync(name, time.GetUtcNow().AddHours(-23), cancellationToken)).Values)
            {
                sum.Add(hour);
            }

            var attention = 0;
            foreach (var state in Backlog.NeedAttention)
            {
                attention += await open.CountForOperatorAsync(name, state, Backlog.MaxCount, cancellationToken);
            }

            lines.Add(new DailyLine(
                name, sum.Received, Reached(sum, OperationState.Delivered), Reached(sum, OperationState.Duplicate), Reached(sum, OperationState.Rejected),
                Reached(sum, OperationState.Failed), attention, sum.Payouts.Where(p => p.Value != 0).ToDictionary(StringComparer.Ordinal)));
        }

        return formatter.Daily(day, lines);
    }

    private static long Reached(HourCounter sum, OperationState state) => sum.States.GetValueOrDefault(state.ToString());
}
