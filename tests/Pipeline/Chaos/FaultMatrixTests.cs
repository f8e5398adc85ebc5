using UonOfferum.Testing.Faults;

namespace UonOfferum.Tests.Pipeline.Chaos;

public sealed class FaultMatrixTests(AzuriteFixture azurite)
{
    [Fact]
    public void Nobody_has_forgotten_to_say_what_must_become_of_a_fault() =>
        Assert.All(FaultExpectations.Cells, cell => Assert.NotEmpty(FaultExpectations.Of(cell)));

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task Every_fault_of_both_sides_ends_as_the_rules_say()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);

        var results = await new FaultMatrix(bed, [.. FaultExpectations.Cells], _ => { }).MeasureAsync(ends);

        var wrong = results.Where(r => r.Value.ToString() != FaultExpectations.Of(r.Key))
            .Select(r => $"{r.Key.Stage} {r.Key.Fault} {r.Key.Span}: {r.Value}, expected {FaultExpectations.Of(r.Key)}");
        Assert.Empty(wrong);
        Assert.All(results, r => Assert.InRange(r.Value.Orders, 0, 1));
    }
}
