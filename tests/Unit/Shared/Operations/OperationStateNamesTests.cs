using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Operations;

public sealed class OperationStateNamesTests
{
    [Fact]
    public void Every_state_is_found_by_its_name_in_any_case()
    {
        foreach (var state in Enum.GetValues<OperationState>())
        {
            Assert.True(OperationStateNames.TryParse(state.ToString(), out var read));
            Assert.Equal(state, read);
            Assert.True(OperationStateNames.TryParse(state.ToString().ToUpperInvariant(), out read));
            Assert.Equal(state, read);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("+3")]
    [InlineData("Sold")]
    [InlineData("Rejected,Uncertain")]
    [InlineData("Rejected, Rejected")]
    public void Neither_a_number_nor_a_list_is_a_state(string? text) => Assert.False(OperationStateNames.TryParse(text, out _));
}
