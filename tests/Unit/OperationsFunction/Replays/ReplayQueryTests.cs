using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.Tests.Unit.OperationsFunction.Replays;

public sealed class ReplayQueryTests
{
    [Theory]
    [InlineData(null, "Failed Rejected")]
    [InlineData("uncertain", "Uncertain")]
    [InlineData("Rejected,Uncertain", "")]
    [InlineData("3", "")]
    public void A_query_takes_the_state_it_names_and_never_a_combination(string? state, string states) =>
        Assert.Equal(states, string.Join(' ', new ReplayQuery(null, null, state, null, null, null).States("send")));
}
