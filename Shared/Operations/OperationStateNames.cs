using System.Collections.Frozen;

namespace UonOfferum.Shared.Operations;

/// <summary>The states by name, for input from outside.</summary>
public static class OperationStateNames
{
    private static readonly FrozenDictionary<string, OperationState> States =
        Enum.GetValues<OperationState>().ToFrozenDictionary(state => state.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Not <c>Enum.TryParse</c>: it accepts numbers, and combines <c>Rejected,Uncertain</c> into a third state.</summary>
    public static bool TryParse(string? text, out OperationState state) => States.TryGetValue(text ?? "", out state);
}
