using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Storage;

namespace UonOfferum.OperationsFunction.Health;

public sealed record HealthView(string Status);

/// <summary>Checks the queue and the table. The route is public, so a result is cached for a few seconds.</summary>
public sealed class HealthCheck(StageQueues queues, JournalTable table, TimeProvider time)
{
    public static readonly TimeSpan RememberFor = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private volatile Remembered? _last;

    public async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        var healthy = await IsHealthyAsync(cancellationToken);
        return TypedResults.Json(
            new HealthView(healthy ? "healthy" : "unhealthy"),
            HealthJson.Types.HealthView,
            statusCode: healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_last is { } last && now - last.At < RememberFor)
        {
            return last.Healthy;
        }

        var healthy = await AskStorageAsync(cancellationToken);
        _last = new Remembered(healthy, now);
        return healthy;
    }

    private async Task<bool> AskStorageAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await queues.PingAsync(QueueNames.UonRecords, either.Token);
            await table.PingAsync(either.Token);
            return true;
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed record Remembered(bool Healthy, DateTimeOffset At);
}
