namespace UonOfferum.OperationsFunction.Alerts;

/// <param name="Channel"><c>email</c>, <c>telegram</c> or <c>max</c>.</param>
/// <param name="Ok">The last message was sent; true when there was none yet.</param>
/// <param name="At">When the last one was tried; null: never.</param>
/// <param name="Message">The other side's reply; contains no secret.</param>
public sealed record AlertChannelView(string Channel, bool Ok, DateTimeOffset? At, string? Message);

/// <summary>The status of the alert channels, for operators.</summary>
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
