using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Everything that is not well now.</summary>
public sealed class AlertCauses(
    PipelineCatalog pipelines, GateStore gates, AttentionGroups attention, StrayList strays, Counters counters, AlertSettings settings, TimeProvider time)
{
    public async Task<IReadOnlyList<AlertCause>> FindAsync(AlertState told, CancellationToken cancellationToken)
    {
        var causes = new List<AlertCause>();
        foreach (var name in pipelines.Names)
        {
            foreach (var gate in await gates.ReadAsync(name, cancellationToken))
            {
                if (Held(name, gate, told) is { } held)
                {
                    causes.Add(held);
                }
            }

            // What is held is told by its gate.
            causes.AddRange((await attention.OfAsync(name, cancellationToken))
                .Where(g => g.State != nameof(OperationState.Held))
                .Select(g => new AlertCause(AlertKind.Failures, name, g.State, g.Code, g.Count, g.Capped, g.OldestAt)));
            if (await counters.LastWebhookAsync(name, cancellationToken) is { } last && time.GetUtcNow() - last > settings.Silence)
            {
                causes.Add(new AlertCause(AlertKind.Silence, name, "", null, 0, false, last));
            }
        }

        causes.AddRange(pipelines.Invalid.Select(p => new AlertCause(AlertKind.Invalid, p.Name, "", null, 0, false, time.GetUtcNow())));
        if (await strays.UnreadableAsync(AttentionGroups.MaxRows, cancellationToken) is { Count: > 0 } unreadable)
        {
            causes.Add(new AlertCause(
                AlertKind.Failures, "", nameof(OperationState.Failed), ErrorCodes.Unreadable, unreadable.Count,
                unreadable.Count >= AttentionGroups.MaxRows, unreadable.Min(m => m.UpdatedAt)));
        }

        return causes;
    }

    /// <summary>A gate on trial is neither held nor well: what was told of it stands.</summary>
    private static AlertCause? Held(string pipeline, Gate gate, AlertState told)
    {
        if (gate.Closed && !gate.IsPause)
        {
            return new AlertCause(AlertKind.Held, pipeline, gate.Name, gate.Code, 0, false, gate.Since);
        }

        return gate is { Closed: false, Trial: not null }
            ? told.Told.Values.FirstOrDefault(c => c.Kind == AlertKind.Held && c.Pipeline == pipeline && c.Subject == gate.Name)
            : null;
    }
}
