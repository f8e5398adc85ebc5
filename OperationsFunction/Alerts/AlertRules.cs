namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Decides what to notify: every cause once when it begins, and the end of causes that block work. Pure.</summary>
internal static class AlertRules
{
    /// <summary>
    /// How many messages wait for one channel. A full channel loses its oldest messages to new ones while another channel has room. While every
    /// channel is full, the messages stay and new causes wait; only a daily summary still takes the place of the oldest.
    /// </summary>
    public const int MaxPending = 100;

    /// <summary>A message older than this is dropped.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    /// <param name="state">The last state.</param>
    /// <param name="now">Every current problem.</param>
    /// <param name="formatter">Writes the messages.</param>
    /// <param name="room">How many messages may follow. The others are not recorded as notified, so the next run decides about them again.</param>
    public static (IReadOnlyList<AlertMessage> News, AlertState Next) Decide(
        AlertState state, IReadOnlyCollection<AlertCause> now, AlertFormatter formatter, int room = MaxPending)
    {
        var current = now.DistinctBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, StringComparer.Ordinal);
        var begun = current.Values.Where(c => !state.Notified.ContainsKey(c.Key)).ToList();
        // Operators fix failures themselves, so they need no message about it; a moderation ends silently, because no order says that it did.
        var ended = state.Notified.Values.Where(c => !current.ContainsKey(c.Key) && c.Kind is not (AlertKind.Failures or AlertKind.Moderated)).ToList();
        foreach (var later in begun.Skip(room))
        {
            current.Remove(later.Key);
        }

        foreach (var later in ended.Skip(Math.Max(0, room - begun.Count)))
        {
            current.Add(later.Key, later);
        }

        return ([.. begun.Select(formatter.Begun).Concat(ended.Select(formatter.Ended)).Take(room)], state with { Notified = current });
    }

    /// <summary>
    /// How many more messages the channel with the most room can take; a channel that is down does not hold up the others. One run never
    /// adds more than one channel holds to all of them together, because they are stored in one row.
    /// </summary>
    public static int Room(AlertState state, IReadOnlyCollection<IAlertChannel> channels) => Math.Min(
        Math.Max(1, MaxPending / channels.Sum(channel => channel.Recipients.Count)),
        channels.Max(channel =>
        {
            var pending = state.Pending.Count(p => p.Channel == channel.Name);
            return Math.Max(pending == 0 ? 1 : 0, (MaxPending - pending) / channel.Recipients.Count);
        }));

    public static AlertState Queue(AlertState state, IEnumerable<AlertMessage> news, IEnumerable<IAlertChannel> channels, DateTimeOffset now)
    {
        var added = (from message in news
                     from channel in channels
                     from recipient in channel.Recipients
                     select new PendingAlert(channel.Name, recipient, message.Subject, message.Text, now)).ToList();
        var dropped = state.Pending.Where(p => now - p.Since >= Stale).Concat(
            // Only messages that waited before this run give way; the new ones were never tried.
            from channel in state.Pending.Where(p => now - p.Since < Stale).GroupBy(p => p.Channel, StringComparer.Ordinal)
            let excess = channel.Count() + added.Count(a => a.Channel == channel.Key) - MaxPending
            from alert in channel.Take(Math.Max(0, excess))
            select alert).ToHashSet();
        return state with { Pending = [.. state.Pending.Where(p => !dropped.Contains(p)), .. added] };
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
