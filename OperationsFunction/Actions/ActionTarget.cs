using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>What an action applies to. By default: everything in the state that the operation shows.</summary>
/// <param name="Destination">One destination's delivery.</param>
/// <param name="States">Only what is in one of these states; a bulk replay names them.</param>
/// <param name="Error">Only what has this error code.</param>
public sealed record ActionTarget(string? Destination = null, IReadOnlyCollection<OperationState>? States = null, string? Error = null)
{
    public static readonly ActionTarget Shown = new();

    public static ActionTarget To(string? destination) => destination is null ? Shown : new ActionTarget(destination);
}
