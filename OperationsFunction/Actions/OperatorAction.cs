using UonOfferum.Shared.Fields;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>An operator's request for one operation.</summary>
/// <param name="By">The operator's name, if they gave one; kept in the story.</param>
public abstract record OperatorAction(string? By)
{
    /// <summary>Fetch the record again, then send it.</summary>
    public sealed record ReplayEnrich(string? By) : OperatorAction(By);

    /// <summary>Send the fields that were already read.</summary>
    public sealed record ReplaySend(string? By) : OperatorAction(By);

    /// <summary>Correct fields, then send.</summary>
    public sealed record Edit(RecordFields Fields, string? By) : OperatorAction(By);

    /// <summary>An operator saw the order in the destination's cabinet.</summary>
    public sealed record ResolveDelivered(string? OrderId, string? Note, string? By) : OperatorAction(By);

    /// <summary>Close it without sending it.</summary>
    public sealed record Discard(string? Note, string? By) : OperatorAction(By);
}
