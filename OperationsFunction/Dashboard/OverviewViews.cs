using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.OperationsFunction.Dashboard;

/// <param name="At">When this overview was computed.</param>
/// <param name="Range"><c>24h</c>, <c>7d</c> or <c>30d</c>.</param>
/// <param name="Step"><c>hour</c> or <c>day</c>, UTC.</param>
/// <param name="Alerts">The channels that notify operators, and whether they work.</param>
public sealed record OverviewView(
    DateTimeOffset At,
    string Range,
    string Step,
    IReadOnlyList<PipelineOverviewView> Pipelines,
    IReadOnlyList<QueueView> Queues,
    IReadOnlyList<AlertChannelView> Alerts);

/// <param name="Name">The pipeline's.</param>
/// <param name="Paused">By an operator.</param>
/// <param name="Breakers">Circuit breakers that are open.</param>
/// <param name="Finished">States reached within the range, by name.</param>
/// <param name="Open">Operations now in each state that is not final, by name.</param>
/// <param name="OpenCapped">One of the counts reached its limit.</param>
/// <param name="Attention">How many of the open ones need an operator.</param>
/// <param name="Seconds">From webhook to order; null when none was delivered.</param>
/// <param name="Postbacks">The network's reports within the range.</param>
/// <param name="LastWebhookAt">Null: never.</param>
/// <param name="Silent">Nothing for longer than <c>Alerts:Silence</c>.</param>
/// <param name="Series">Every step of the range.</param>
public sealed record PipelineOverviewView(
    string Name,
    bool Paused,
    IReadOnlyList<BreakerStatusView> Breakers,
    IReadOnlyDictionary<string, long> Finished,
    IReadOnlyDictionary<string, int> Open,
    bool OpenCapped,
    int Attention,
    SecondsView? Seconds,
    PostbacksView Postbacks,
    DateTimeOffset? LastWebhookAt,
    bool Silent,
    IReadOnlyList<StepView> Series)
{
    /// <summary>The former name of <see cref="Breakers"/>, kept for one version.</summary>
    public IReadOnlyList<BreakerStatusView> Gates => Breakers;
}

public sealed record SecondsView(double P50, double P95);

public sealed record PostbacksView(long Approved, long Declined, long Trash, IReadOnlyList<PayoutView> Payouts);

public sealed record PayoutView(string Currency, decimal Sum);

public sealed record StepView(DateTimeOffset At, long Received, long Delivered, long Attention);
