using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.Tests.BareApp;

public sealed class TimerFunctions(Callback callback)
{
    [Function("Tick")]
    public Task TickAsync([TimerTrigger("%TEST_TICK%")] TimerInfo timer, CancellationToken cancellationToken) =>
        callback.CallAsync("tick", new { isPastDue = timer.IsPastDue }, cancellationToken);

    [Function("Rare")]
    public Task RareAsync([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer, CancellationToken cancellationToken) =>
        callback.CallAsync("rare", new { isPastDue = timer.IsPastDue }, cancellationToken);
}
