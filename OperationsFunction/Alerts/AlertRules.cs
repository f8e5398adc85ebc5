namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Decides what to notify: every cause once when it begins, and the end of causes that block work. Pure.</summary>
internal static class AlertRules
{
    /// <summary>If a mail server is down for days, only the newest messages are kept.</summary>
    public const int MaxPending = 100;

    /// <summary>A message older than this is dropped.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    /// <param name="state">The last state.</param>
    /// <param name="now">Every current problem.</param>
    /// <param name="formatter">Writes the messages.</param>
    public static (IReadOnlyList<AlertMessage> News, AlertState Next) Decide(AlertState state, IReadOnlyCollection<AlertCause> now, AlertFormatter formatter)
    {
        var current = now.DistinctBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, StringComparer.Ordinal);
        var begun = current.Values.Where(c => !state.Notified.ContainsKey(c.Key)).Select(formatter.Begun);
        // Operators fix failures themselves, so they need no message about it.
        var ended = state.Notified.Values.Where(c => !current.ContainsKey(c.Key) && c.Kind != AlertKind.Failures).Select(formatter.Ended);
        return ([.. begun, .. ended], state with { Notified = current });
    }

    public static AlertState Queue(AlertState state, IEnumerable<AlertMessage> news, IEnumerable<IAlertChannel> channels, DateTimeOffset now)
    {
        var added = from message in news
                    from channel in channels
                    from recipient in channel.Recipients
                    select new PendingAlert(channel.Name, recipient, message.Subject, message.Text, now);
        return state with { Pending = [.. state.Pending.Where(p => now - p.Since < Stale).Concat(added).TakeLast(MaxPending)] };
    }

    /// <summary>The state after sending: sent messages are removed, the rest is kept for the next run.</summary>
    /// <param name="state">The state before sending.</param>
    /// <param name="results">Each message that was tried, with its problem; null: it was sent.</param>
    /// <param name="now">The time of the results.</param>
    public static AlertState Sent(AlertState state, IReadOnlyList<(PendingAlert Alert, string? Problem)> results, DateTimeOffset now)
    {
        var channels = state.Channels.ToDictionary(StringComparer.Ordinal);
        foreach (var tried in results.GroupBy(r => r.Alert.Channel, StringComparer.Ordinal))
        {
            var problem = tried.Select(r => r.Problem).FirstOrDefault(p => p is not null);
            channels[tried.Key] = new ChannelState(problem is null, now, problem);
        }

        var gone = results.Where(r => r.Problem is null).Select(r => r.Alert).ToHashSet();
        return state with { Pending = [.. state.Pending.Where(p => !gone.Contains(p))], Channels = channels, SendingUntil = null };
    }
}
