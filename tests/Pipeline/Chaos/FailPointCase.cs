using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>One way to bring the app to a fail point, and what must have become of it after a kill right there.</summary>
internal sealed record FailPointCase(string Point, string Case)
{
    /// <summary>What is done with an order of which nobody knows.</summary>
    public bool Hold { get; init; } = true;

    /// <summary>Leads 1 … n exist in U-ON, and their webhooks come.</summary>
    public int Leads { get; init; } = 1;

    /// <summary>Programs the simulators and the settings.</summary>
    public Action<TestBed> Given { get; init; } = _ => { };

    /// <summary>What happens in an earlier process, which has no fail point; null: there is none.</summary>
    public Func<FailPointRun, Task>? Before { get; init; }

    /// <summary>What brings the process to its fail point.</summary>
    public Func<FailPointRun, Task> When { get; init; } = run => run.SendWebhooksAsync();

    /// <summary>What happens to the process after the kill, besides its own timers and messages.</summary>
    public Func<FailPointRun, Task> After { get; init; } = _ => Task.CompletedTask;

    /// <summary>
    /// A job pauses, and the messages that it sent run on: they end before the kill. An order in flight would end Uncertain, as it should,
    /// and this case is about the job.
    /// </summary>
    public bool SparesMessages { get; init; }

    /// <summary>
    /// A function that does not run in the process until the kill: it would take the message that was just sent, and an order in flight would
    /// end Uncertain. Null: all run.
    /// </summary>
    public string? Off { get; init; }

    /// <summary>
    /// The process after the kill runs twenty minutes later: the outbox message was never sent, so only the sweep can help.
    /// </summary>
    public bool NeedsSweep { get; init; }

    /// <summary>The final state of each lead.</summary>
    public string State { get; init; } = "Delivered";

    /// <summary>New orders in the network for each lead.</summary>
    public int Orders { get; init; } = 1;

    /// <summary>POSTs for each lead; null: not the point.</summary>
    public int? Posts { get; init; } = 1;

    /// <summary>The process after the kill notifies an operator.</summary>
    public bool Notified { get; init; }

    public override string ToString() => $"{Point}: {Case}";

    public static void OfferumOnce(TestBed bed, OfferumReplyKind reply) => bed.Offerum.Replies.Next(reply);
}
