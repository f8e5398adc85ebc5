using UonOfferum.Tests.Simulation.Host;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>One order as it arrived at a destination.</summary>
internal sealed class Arrival(string operation, string destination, DateTimeOffset at, Invocation? by)
{
    /// <summary>Such as <c>main/lead/7</c>.</summary>
    public string Operation { get; } = operation;

    public string Destination { get; } = destination;

    public DateTimeOffset At { get; } = at;

    public Invocation? By { get; } = by;

    /// <summary>When its request went out.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>Whatever was answered did not reach the sender, or not in time.</summary>
    public bool AnswerIsLost { get; init; }

    /// <summary>The order has a phone as the app parses it, in E.164.</summary>
    public bool HasParsedPhone { get; init; }

    /// <summary>The destination says that it had the order before.</summary>
    public bool SaysDuplicate { get; set; }

    /// <summary>Faults that had met the sender before the order arrived.</summary>
    public int FaultsBefore { get; } = by?.Faults ?? 0;

    /// <summary>The destination has the order from this one on.</summary>
    public bool IsTaken { get; set; }

    /// <summary>The answer says in words that nobody can misread whether it was taken.</summary>
    public bool IsAnsweredClearly { get; set; }

    public string? OrderId { get; set; }

    /// <summary>The destination's own name for what it did.</summary>
    public string Reply { get; set; } = "";
}
