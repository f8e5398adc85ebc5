using Microsoft.Extensions.Logging;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>
/// Finds problems and notifies operators of new ones. An alert is stored under an ETag before it is sent: two instances send it once,
/// and a mail server that is down gets it later. No lead waits for this.
/// </summary>
public sealed partial class AlertWatch(
    AlertStore store, AlertCauses causes, DailySummary daily, IEnumerable<IAlertChannel> channels, AlertSettings settings, TimeProvider time, ILogger<AlertWatch> logger)
{
    /// <summary>Longer than one run can take to send; after a crash another process continues once it expires.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan SendingBudget = TimeSpan.FromMinutes(2);

    private readonly AlertFormatter _formatter = new(settings);
    private readonly List<IAlertChannel> _channels = [.. channels.Where(c => c.Recipients.Count > 0)];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_channels.Count == 0)
        {
            return;
        }

        var stored = await store.ReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (stored.State.SendingUntil > now)
        {
            return;
        }

        var (news, state) = AlertRules.Decide(stored.State, await causes.FindAsync(stored.State, cancellationToken), _formatter, AlertRules.Room(stored.State, _channels));
        if (daily.Due(state) is { } day)
        {
            // No summary for the first day: the app has just been set up.
            news = state.SummedUp is null ? news : [.. news, await daily.WriteAsync(day, _formatter, cancellationToken)];
            state = state with { SummedUp = day };
        }

        state = AlertRules.Queue(state, news, _channels, now);
        if (state.Pending.Count > 0)
        {
            state = state with { SendingUntil = now + Lease };
        }

        if (await store.WriteAsync(stored, state, cancellationToken) is { } written && written.State.Pending.Count > 0)
        {
            await SendAsync(written, cancellationToken);
        }
    }

    private async Task SendAsync(StoredAlerts stored, CancellationToken cancellationToken)
    {
        var results = new List<(PendingAlert Alert, string? Problem)>();
        var start = time.GetTimestamp();
        foreach (var alert in stored.State.Pending)
        {
            var channel = _channels.Find(c => c.Name == alert.Channel);
            if (channel is null || time.GetElapsedTime(start) > SendingBudget || results.Exists(r => r.Alert.Channel == alert.Channel && r.Problem is not null))
            {
                // A channel that has just failed is retried in the next run.
                continue;
            }

            var problem = await channel.SendAsync(alert.Recipient, new AlertMessage(alert.Subject, alert.Text), cancellationToken);
            results.Add((alert, problem));
            if (problem is null)
            {
                Log.Sent(logger, alert.Channel);
            }
            else
            {
                Log.NotSent(logger, alert.Channel, problem);
            }
        }

        await store.WriteAsync(stored, AlertRules.Sent(stored.State, results, time.GetUtcNow()), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1801, LogLevel.Information, "An alert was sent by {Channel}")]
        public static partial void Sent(ILogger logger, string channel);

        [LoggerMessage(1802, LogLevel.Error, "An alert could not be sent by {Channel}; it is retried every minute: {Problem}")]
        public static partial void NotSent(ILogger logger, string channel, string problem);
    }
}
