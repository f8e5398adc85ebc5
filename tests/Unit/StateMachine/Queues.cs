using UonOfferum.Shared.Messaging;

namespace UonOfferum.Tests.Unit.StateMachine;

/// <summary>One message as the platform keeps it.</summary>
internal sealed class Envelope(string queue, StageMessage message, DateTimeOffset visibleAt)
{
    public string Queue => queue;

    public StageMessage Message => message;

    public DateTimeOffset VisibleAt { get; set; } = visibleAt;

    public int Deliveries { get; set; }

    /// <summary>A worker has it and renews its lock.</summary>
    public bool InHand { get; set; }
}

/// <summary>The queues as the platform works them: locks, redelivery, and the poison queue after five deliveries.</summary>
internal sealed class Queues
{
    private const int MaxDequeueCount = 5;

    public List<Envelope> All { get; } = [];

    /// <summary>A message ended in the poison queue with work undone: only the sweep finds its outbox message.</summary>
    public bool SweepNeeded { get; private set; }

    public void Send(string queue, StageMessage message, DateTimeOffset visibleAt) => All.Add(new Envelope(queue, message, visibleAt));

    public IReadOnlyList<Envelope> Visible(DateTimeOffset now) => [.. All.Where(e => !e.InHand && e.VisibleAt <= now)];

    /// <summary>False when the platform gave the message up instead.</summary>
    public bool Take(Envelope envelope, DateTimeOffset now)
    {
        var poison = envelope.Queue.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal);
        if (envelope.Deliveries == MaxDequeueCount && !poison)
        {
            All.Remove(envelope);
            Send(envelope.Queue + QueueNames.PoisonSuffix, envelope.Message, now);
            SweepNeeded = true;
            return false;
        }

        envelope.Deliveries++;
        envelope.InHand = true;
        return true;
    }
}
