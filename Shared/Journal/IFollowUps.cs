using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Adds to a step what follows from it elsewhere. The journal asks at every write, so that both stand in one batch: whoever brings an outcome
/// (an answer, a postback, an operator), what follows from it cannot be lost.
/// </summary>
public interface IFollowUps
{
    /// <param name="before">As the journal has it.</param>
    /// <param name="after">As the step leaves it.</param>
    /// <returns>As it is to be written; <paramref name="after"/> where nothing follows.</returns>
    Operation Apply(Operation before, Operation after);
}
