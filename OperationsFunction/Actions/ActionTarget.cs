using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>What an action applies to. By default: everything in the state that the operation shows.</summary>
/// <param name="Destination">One destination's delivery.</param>
/// <param name="States">Only what is in one of these states; a bulk replay names them.</param>
/// <param name="Error">Only what has this error code.</param>
/// <param name="Seen">What the operator saw when they decided; null: unknown.</param>
public sealed record ActionTarget(string? Destination = null, IReadOnlyCollection<OperationState>? States = null, string? Error = null, SeenState? Seen = null)
{
    public static readonly ActionTarget Shown = new();

    public static ActionTarget To(string? destination) => destination is null ? Shown : new ActionTarget(destination);
}

/// <summary>
/// What an operator saw of an operation. An order that may have arrived is sent again only by an operator who knows that: whoever decided before the
/// doubt arose, or before another send, has not approved a second sale.
/// </summary>
/// <param name="Run">The operation's run; null: unknown, as for clients of earlier versions.</param>
/// <param name="MayHaveArrived">Whether a destination was shown as one that may have the order; null: unknown.</param>
public sealed record SeenState(string? Run, bool? MayHaveArrived)
{
    public bool IsOutdated(Operation operation) => MayHaveArrived == false || (Run is not null && Run != operation.Run);
}
