using UonOfferum.Shared.Fields;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>What an operator wants done with one operation.</summary>
/// <param name="By">The operator's name, if they gave one; kept in the story.</param>
public abstract record OperatorAction(string? By)
{
    /// <summary>Fetch the record anew, then send.</summary>
    public sealed record ReplayEnrich(string? By) : OperatorAction(By);

    /// <summary>Send what was read.</summary>
    public sealed record ReplaySend(string? By) : OperatorAction(By);

    /// <summary>Correct fields, then send.</summary>
    public sealed record Edit(RecordFields Fields, string? By) : OperatorAction(By);

    /// <summary>An operator saw the order in the destination's cabinet.</summary>
    public sealed record ResolveDelivered(string? OrderId, string? Note, string? By) : OperatorAction(By);

    /// <summary>Never mind.</summary>
    public sealed record Discard(string? Note, string? By) : OperatorAction(By);
}
