namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>What is to be told: a cause when it begins, and what stops others when it ends. Never the same again in between. Pure.</summary>
internal static class AlertRules
{
    /// <summary>While a mail server is away for days, the newest messages are the ones to keep.</summary>
    public const int MaxPending = 100;

    /// <summary>A message older than this is no news.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    /// <param name="state">What was told.</param>
    /// <param name="now">Everything that is not well now.</param>
    /// <param name="words">Makes messages.</param>
    public static (IReadOnlyList<AlertMessage> News, AlertState Next) Decide(AlertState state, IReadOnlyCollection<AlertCause> now, AlertWords words)
    {
        var current = now.DistinctBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, StringComparer.Ordinal);
        var begun = current.Values.Where(c => !state.Told.ContainsKey(c.Key)).Select(words.Begun);
        // What a person mended needs no message to that person.
        var ended = state.Told.Values.Where(c => !current.ContainsKey(c.Key) && c.Kind != AlertKind.Failures).Select(words.Ended);
        return ([.. begun, .. ended], state with { Told = current });
    }

    public static AlertState Queue(AlertState state, IEnumerable<AlertMessage> news, IEnumerable<IAlertChannel> channels, DateTimeOffset now)
    {
        var added = from message in news
                    from channel in channels
                    from recipient in channel.Recipients
                    select new PendingAlert(channel.Name, recipient, message.Subject, message.Text, now);
        return state with { Pending = [.. state.Pending.Where(p => now - p.Since < Stale).Concat(added).TakeLast(MaxPending)] };
    }

    /// <summary>The state after the sending: what went out is gone, the rest stays for the next time.</summary>
    /// <param name="state">Before.</param>
    /// <param name="results">Each message that was tried, with what was wrong; null: it went out.</param>
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
