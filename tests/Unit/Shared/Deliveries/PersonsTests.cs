using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

public sealed class PersonsTests
{
    public static TheoryData<OperationState> States => [.. Enum.GetValues<OperationState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void Whoever_came_to_nothing_leaves_the_person_to_others(OperationState state) => Assert.Equal(
        state is not (OperationState.Failed or OperationState.Rejected or OperationState.Skipped or OperationState.Discarded),
        Persons.Counts(state));

    [Fact]
    public void So_does_an_operation_that_is_gone() => Assert.False(Persons.Counts(null));
}
