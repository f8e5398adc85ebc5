using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Adds follow-up work to a step. The journal calls it at every write, so that both are in one batch: whatever the source of an outcome
/// (a reply, a postback, an operator), its follow-up work cannot be lost.
/// </summary>
public interface IFollowUps
{
    /// <param name="before">As stored in the journal.</param>
    /// <param name="after">The operation after the step.</param>
    /// <returns>The operation to write; <paramref name="after"/> if there is no follow-up.</returns>
    Operation Apply(Operation before, Operation after);
}
