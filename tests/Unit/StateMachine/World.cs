using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.StateMachine;

/// <summary>
/// One record's life in memory. Every stage stops between two durable steps; there a script of bytes may let another worker on, kill
/// this one, let time pass, or call an operator.
/// </summary>
internal sealed class World
{
    private static readonly TimeSpan[] Passing =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(70), TimeSpan.FromMinutes(16), TimeSpan.FromHours(5),
    ];

    private readonly List<Worker> _workers = [];
    private readonly bool _operators;
    private int _runs;
    private int _owners;
    private bool _outboxMessageLost;

    public World(Script script, DeliveryPolicy policy, IReadOnlyList<Named> destinations, bool operators)
    {
        (Script, Policy, Destinations, _operators) = (script, policy, destinations, operators);
        (Journal, Outside) = (new Journal(script), new Outside(script));
    }

    public Script Script { get; }

    public DeliveryPolicy Policy { get; }

    public IReadOnlyList<Named> Destinations { get; }

    public Journal Journal { get; }

    public Queues Queues { get; } = new();

    public Outside Outside { get; }

    public DateTimeOffset Now { get; private set; } = Some.Now;

    /// <summary>The failures an operator was notified of: the stage's queue, the run and the attempt as the journal had them.</summary>
    public HashSet<(string Queue, string Run, int Attempt)> Alerts { get; } = [];

    /// <summary>How often an operator, knowing of the doubt, had an order sent again.</summary>
    public Dictionary<string, int> SentInDoubt { get; } = [];

    public List<string> Story { get; } = [];

    public string NewRun() => $"01950000-0000-7000-8000-{++_runs:D12}";

    public string NewOwner() => $"owner {++_owners}";

    /// <summary>Operators and timers have no message that comes back: only the sweep finds their outbox messages.</summary>
    public void OutboxMessageLost() => _outboxMessageLost = true;

    public void Send(string queue, StageMessage message, DateTimeOffset? visibleAt = null) => Queues.Send(queue, message, visibleAt ?? Now);

    public void Keep(IEnumerable<OutboxMessage> messages)
    {
        foreach (var outboxMessage in messages)
        {
            Send(outboxMessage.Destination is null ? QueueNames.UonRecords : Destinations.Single(d => d.Name == outboxMessage.Destination).Queue, outboxMessage.Message, outboxMessage.VisibleAt);
        }
    }

    /// <summary>Lives by the script to its end, then lets everything work until nothing is left to do.</summary>
    public void Live()
    {
        Webhook();
        while (!Script.IsOver)
        {
            Step(Script.Choose(20));
        }

        ComeToRest();
    }

    private void Step(int choice)
    {
        switch (choice)
        {
            case < 8 when _workers.Count > 0:
                Advance(Script.Choose(_workers));
                break;
            case < 12:
                Receive();
                break;
            case < 14:
                Tell(() => Now += Script.Choose(Passing), "time passes");
                break;
            case 14 when _runs < 8:
                Webhook();
                break;
            case 15 when _workers.Count > 0:
                Kill(Script.Choose(_workers));
                break;
            case 16 when _operators && _runs < 12 && Journal.Operation is not null:
                Start("operator", new Stages(this).Operator(), null);
                break;
            case 17:
                OpenGates();
                break;
            case 18 when Queues.All.Find(e => e.InHand) is { } held:
                Tell(() => held.InHand = false, "a lock runs out");
                break;
            case 19 when Queues.All.Count > 0:
                var copied = Script.Choose(Queues.All);
                Tell(() => Send(copied.Queue, copied.Message, copied.VisibleAt), "a message is doubled");
                break;
        }
    }

    private void ComeToRest()
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (_workers.Count > 0)
            {
                Advance(_workers[0]);
            }
            else if (Outside.OpenBreakers.Count > 0 || Journal.Operation?.State == OperationState.Held)
            {
                // The recovery probes an open breaker whether or not it holds anything.
                OpenGates();
            }
            else if (Queues.All.Count > 0)
            {
                Now = new[] { Now, Queues.All.Min(e => e.VisibleAt) }.Max();
                Receive();
            }
            else if ((_outboxMessageLost || Queues.SweepNeeded) && Outbox.Of(Journal.Operation!).Any())
            {
                Keep(Outbox.Of(Journal.Operation!));
            }
            else
            {
                return;
            }
        }

        Assert.Fail("It does not come to rest.");
    }

    private void Webhook()
    {
        var message = Some.Message(NewRun()) with { Webhook = new WebhookMetadata { EventType = 1, ReceivedAt = Now } };
        Tell(() => Send(QueueNames.UonRecords, message), "a webhook");
    }

    private void Receive()
    {
        if (Queues.Visible(Now) is not { Count: > 0 } visible)
        {
            return;
        }

        var envelope = Script.Choose(visible);
        if (!Queues.Take(envelope, Now))
        {
            Story.Add($"{envelope.Queue} gives up attempt {envelope.Message.Attempt}");
            return;
        }

        var stages = new Stages(this);
        var steps = envelope.Queue switch
        {
            QueueNames.UonRecords => stages.Enrich(envelope.Message, envelope.Deliveries > 1),
            var queue when queue.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal) =>
                stages.RecordFailure(queue[..^QueueNames.PoisonSuffix.Length], envelope.Message),
            var queue => stages.Deliver(Destinations.Single(d => d.Queue == queue), envelope.Message),
        };
        Start($"{envelope.Queue} attempt {envelope.Message.Attempt} of run {envelope.Message.Run[^2..]}", steps, envelope);
    }

    private void OpenGates()
    {
        Outside.OpenBreakers.Clear();
        if (Journal.Operation?.State == OperationState.Held)
        {
            Start("release", new Stages(this).Release(), null);
        }
    }

    private void Start(string name, IEnumerable<string> steps, Envelope? envelope)
    {
        Story.Add($"{name} starts");
        _workers.Add(new Worker(name, steps.GetEnumerator(), envelope, envelope?.Deliveries ?? 0));
    }

    private void Advance(Worker worker)
    {
        if (worker.Steps.MoveNext())
        {
            Story.Add($"{worker.Name}: {worker.Steps.Current}, {Journal.Operation?.State}");
            return;
        }

        Story.Add($"{worker.Name} ends, {Journal.Operation?.State}");
        _workers.Remove(worker);

        // Whoever lost the lock cannot complete the message any more.
        if (worker.Envelope is { InHand: true } envelope && envelope.Deliveries == worker.Receipt)
        {
            Queues.All.Remove(envelope);
        }
    }

    private void Kill(Worker worker)
    {
        Story.Add($"{worker.Name} is killed");
        _workers.Remove(worker);
        if (worker.Envelope is not { } envelope)
        {
            OutboxMessageLost();
        }
        else if (envelope.Deliveries == worker.Receipt && envelope.InHand)
        {
            (envelope.InHand, envelope.VisibleAt) = (false, Now + TimeSpan.FromSeconds(30));
        }
    }

    private void Tell(Action action, string what)
    {
        action();
        Story.Add(what);
    }

    private sealed record Worker(string Name, IEnumerator<string> Steps, Envelope? Envelope, int Receipt);
}
