namespace UonOfferum.Tests.Simulation.Host;

/// <summary>One call of one function on one instance.</summary>
public sealed class Invocation(int number, Instance instance, string what)
{
    private static readonly AsyncLocal<Invocation?> Flow = new();

    /// <summary>The function whose code is running.</summary>
    public static Invocation? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public int Number { get; } = number;

    public Instance Instance { get; } = instance;

    /// <summary>The function and its argument.</summary>
    public string What { get; } = what;

    /// <summary>Faults injected into its calls; they excuse missing writes.</summary>
    public int Faults { get; set; }

    /// <summary>The operator's action that it executes; null: none.</summary>
    public NamedAction? Action { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>Searches for its own order that a destination answered.</summary>
    internal List<OrderSearch> Searches { get; } = [];

    public override string ToString() => FormattableString.Invariant($"i{Instance.Number}#{Number} {What}");
}

/// <summary>One search for an order of an operation, when the destination answered it.</summary>
/// <param name="Operation">Its id.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Found">The answer names an order.</param>
internal sealed record OrderSearch(string Operation, DateTimeOffset At, bool Found);

/// <summary>The target of an operator's action, to check what the action touched.</summary>
/// <param name="Name">Such as <c>replay-send</c>.</param>
/// <param name="Operation">Its id; null: a bulk replay.</param>
/// <param name="Destination">Null: the deliveries in the state that the operation shows.</param>
public sealed record NamedAction(string Name, string? Operation, string? Destination);
