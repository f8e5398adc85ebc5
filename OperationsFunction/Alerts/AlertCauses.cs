using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Hooks;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Every problem that exists now.</summary>
public sealed class AlertCauses(
    PipelineCatalog pipelines,
    PipelineRegistry registry,
    CircuitBreakerStore breakers,
    ModerationNotices notices,
    AttentionGroups attention,
    OrphanedItems orphans,
    Counters counters,
    HookWatch hooks,
    PublicAddress address,
    AlertSettings settings,
    TimeProvider time)
{
    public async Task<IReadOnlyList<AlertCause>> FindAsync(AlertState state, CancellationToken cancellationToken)
    {
        var causes = new List<AlertCause>();
        foreach (var name in await registry.NamesAsync(cancellationToken))
        {
            foreach (var breaker in await breakers.ReadAsync(name, cancellationToken))
            {
                if (Held(name, breaker, state) is { } held)
                {
                    causes.Add(held);
                }
            }

            causes.AddRange((await notices.FindAsync(name, cancellationToken)).Select(n => new AlertCause(AlertKind.Moderated, name, n.Destination, null, 0, false, n.Since)));

            // The circuit breaker's alert covers held operations; a retired pipeline has none.
            causes.AddRange((await attention.OfAsync(name, cancellationToken))
                .Where(g => g.State != nameof(OperationState.Held) || g.Code == ErrorCodes.Retired)
                .Select(g => new AlertCause(AlertKind.Failures, name, g.State, g.Code, g.Count, g.Capped, g.OldestAt)));
            if (pipelines.Knows(name) && !pipelines.Current.IsStopped(name) && await counters.LastWebhookAsync(name, cancellationToken) is { } last && time.GetUtcNow() - last > settings.Silence)
            {
                causes.Add(await SilenceAsync(name, last, state, cancellationToken));
            }
        }

        causes.AddRange(pipelines.Invalid.Select(p => new AlertCause(AlertKind.Invalid, p.Name, "", null, 0, false, time.GetUtcNow())));
        if (await orphans.UnreadableAsync(from: null, to: null, AttentionGroups.MaxRows, cancellationToken) is { Count: > 0 } unreadable)
        {
            causes.Add(new AlertCause(
                AlertKind.Failures, "", nameof(OperationState.Failed), ErrorCodes.Unreadable, unreadable.Count,
                unreadable.Count >= AttentionGroups.MaxRows, unreadable.Min(m => m.UpdatedAt)));
        }

        return causes;
    }

    /// <summary>A new silence is explained by the state of the cabinet's webhooks if possible; an ongoing one is not checked again.</summary>
    private async Task<AlertCause> SilenceAsync(string name, DateTimeOffset last, AlertState state, CancellationToken cancellationToken)
    {
        var cause = new AlertCause(AlertKind.Silence, name, "", null, 0, false, last);
        if (state.Notified.TryGetValue(cause.Key, out var known))
        {
            return cause with { Code = known.Code };
        }

        return pipelines.TryFind(name, out var pipeline)
            ? cause with { Code = (await hooks.CheckAsync(pipeline, address.Known, cancellationToken)).Code }
            : cause;
    }

    /// <summary>While a breaker is half-open, keep its last alert state.</summary>
    private static AlertCause? Held(string pipeline, CircuitBreakerState breaker, AlertState state)
    {
        if (breaker.IsOpen && !breaker.IsPause)
        {
            return new AlertCause(AlertKind.Held, pipeline, breaker.Name, breaker.Code, 0, false, breaker.Since);
        }

        return breaker.IsHalfOpen
            ? state.Notified.Values.FirstOrDefault(c => c.Kind == AlertKind.Held && c.Pipeline == pipeline && c.Subject == breaker.Name)
            : null;
    }
}
