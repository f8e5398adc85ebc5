using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Shared.Messaging;

/// <summary>
/// Named places between two durable steps. With <c>Chaos:PauseAt</c> set to one of them the process blocks there forever, so that a
/// test can kill it exactly there. Without the setting a fail point costs one null check.
/// </summary>
public sealed partial class FailPoints(IConfiguration configuration, ILogger<FailPoints> logger)
{
    public const string Setting = "Chaos:PauseAt";

    public const string WebhookQueued = "webhook-queued";
    public const string EnrichJournaled = "enrich-journaled";
    public const string EnrichQueued = "enrich-queued";
    public const string KindFound = "kind-found";
    public const string EnrichFailedJournaled = "enrich-failed-journaled";
    public const string Claimed = "claimed";
    public const string Posted = "posted";
    public const string ResultJournaled = "result-journaled";
    public const string RetryQueued = "retry-queued";
    public const string HeldJournaled = "held-journaled";
    public const string GivenUpJournaled = "given-up-journaled";
    public const string GivenUpQueued = "given-up-queued";
    public const string FailureJournaled = "failure-journaled";
    public const string UnreadableKept = "unreadable-kept";
    public const string ReplayJournaled = "replay-journaled";
    public const string BulkPlanned = "bulk-planned";
    public const string BulkActed = "bulk-acted";
    public const string BreakerHalfOpened = "breaker-half-opened";
    public const string ReleaseJournaled = "release-journaled";
    public const string BackfillPlanned = "backfill-planned";
    public const string BackfillQueued = "backfill-queued";
    public const string PostbackJournaled = "postback-journaled";
    public const string ReconcileQueued = "reconcile-queued";

    private readonly string? _pauseAt = configuration[Setting];

    public Task HitAsync(string point) => _pauseAt is not null && _pauseAt == point ? PauseAsync(point) : Task.CompletedTask;

    private Task PauseAsync(string point)
    {
        Log.Paused(logger, point);
        // A job may outlive the call that started it. The host drops log lines of an ended call, but shows the worker's error stream.
        Console.Error.WriteLine($"Paused at {point}");
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1901, LogLevel.Warning, "Paused at {Point}, as Chaos:PauseAt says. Only killing the process ends the pause.")]
        public static partial void Paused(ILogger logger, string point);
    }
}
