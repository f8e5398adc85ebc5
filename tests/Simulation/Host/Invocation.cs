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

    /// <summary>The function and what it was called for.</summary>
    public string What { get; } = what;

    /// <summary>Faults that met its calls: what it could not write is excused by them.</summary>
    public int Faults { get; set; }

    /// <summary>The operator's action it carries out; null: none.</summary>
    public NamedAction? Action { get; set; }

    public bool HasEnded { get; set; }

    public override string ToString() => FormattableString.Invariant($"i{Instance.Number}#{Number} {What}");
}

/// <summary>What an operator's action names, to judge what it touched.</summary>
/// <param name="Name">Such as <c>replay-send</c>.</param>
/// <param name="Operation">Its id; null: a bulk replay.</param>
/// <param name="Destination">Null: what is in the state that the operation shows.</param>
public sealed record NamedAction(string Name, string? Operation, string? Destination);
