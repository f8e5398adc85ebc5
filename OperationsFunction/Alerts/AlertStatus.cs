using UonOfferum.OperationsFunction.Health;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>How the alert channels stand, for people.</summary>
public sealed class AlertStatus(AlertStore store, IEnumerable<IAlertChannel> channels)
{
    public async Task<IReadOnlyList<AlertChannelView>> GetAsync(CancellationToken cancellationToken)
    {
        var set = channels.Where(c => c.Recipients.Count > 0).ToList();
        if (set.Count == 0)
        {
            return [];
        }

        var state = (await store.ReadAsync(cancellationToken)).State;
        return [.. set.Select(c => state.Channels.TryGetValue(c.Name, out var known)
            ? new AlertChannelView(c.Name, known.Ok, known.At, known.Message)
            : new AlertChannelView(c.Name, true, null, null))];
    }
}
