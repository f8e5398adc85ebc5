using Microsoft.Extensions.Time.Testing;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>
/// Thousands of leads before a slow destination, in virtual time: the rules of the delivery stage, the limiter and the sweep, on a queue
/// that counts. A delivery that waits for hours must not look lost to the sweep.
/// </summary>
public sealed class LongTurnTests
{
    private const double PerSecond = 0.33;
    private const int Leads = 3_000;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly PriorityQueue<int, DateTimeOffset> _queue = new();
    private readonly Operation[] _operations = new Operation[Leads];
    private readonly List<(int Lead, Task<DateTimeOffset?> Turn)> _turns = [];
    private int _messages;

    [Fact]
    public async Task Leads_to_a_slow_chat_cost_about_one_more_message_each()
    {
        var limiter = new DestinationRateLimiter(_time);
        var sent = 0;
        for (var lead = 0; lead < Leads; lead++)
        {
            _operations[lead] = Some.Operation(Some.Delivery(DeliveryState.Enriched)) with { UpdatedAt = _time.GetUtcNow() };
            Send(lead, null);
        }

        var sweepAt = _time.GetUtcNow() + SweepEvery;
        while (sent < Leads)
        {
            while (_queue.TryPeek(out var lead, out var at) && at <= _time.GetUtcNow())
            {
                _queue.Dequeue();
                Work(lead, limiter);
            }

            if (_time.GetUtcNow() >= sweepAt)
            {
                Sweep();
                sweepAt += SweepEvery;
            }

            _time.Advance(TimeSpan.FromSeconds(1));
            foreach (var (lead, turn) in _turns.Where(t => t.Turn.IsCompleted).ToList())
            {
                _turns.Remove((lead, turn));
                sent += Taken(lead, await turn) ? 1 : 0;
            }
        }

        // The first message is the enrichment's.
        Assert.InRange((_messages - Leads) / (double)Leads, 0, 1.2);
        Assert.InRange(_time.GetUtcNow() - Some.Now, TimeSpan.FromSeconds((Leads - 2) / PerSecond), TimeSpan.FromSeconds(1.2 * Leads / PerSecond));
    }

    private void Work(int lead, DestinationRateLimiter limiter)
    {
        var operation = _operations[lead];
        var message = Outbox.Message(operation, 2);
        switch (DeliverySteps.Next(operation, Some.Destination, message, _time.GetUtcNow()))
        {
            case DeliveryStep.Send:
                _turns.Add((lead, limiter.AcquireAsync("chat", PerSecond, CancellationToken.None).AsTask()));
                break;
            case DeliveryStep.Republish:
                Send(lead, operation.Deliveries[0].NextTryAt);
                break;
        }
    }

    /// <summary>False when it has to come back.</summary>
    private bool Taken(int lead, DateTimeOffset? later)
    {
        if (later is not { } until)
        {
            _operations[lead] = _operations[lead].With(_operations[lead].Deliveries[0] with { State = DeliveryState.Delivered, NextTryAt = null });
            return true;
        }

        var wait = new PreSend.Wait(until);
        if (!wait.IsShort(_time.GetUtcNow()))
        {
            _operations[lead] = PreSendResults.Apply(_operations[lead], Some.Destination, wait, _time.GetUtcNow());
        }

        Send(lead, until);
        return false;
    }

    private void Sweep()
    {
        for (var lead = 0; lead < Leads; lead++)
        {
            foreach (var message in Outbox.Of(_operations[lead]).Where(m => Sweeper.IsOverdue(_operations[lead], m, _time.GetUtcNow())))
            {
                Send(lead, message.VisibleAt);
            }
        }
    }

    private void Send(int lead, DateTimeOffset? visibleAt)
    {
        _messages++;
        _queue.Enqueue(lead, visibleAt ?? _time.GetUtcNow());
    }
}
