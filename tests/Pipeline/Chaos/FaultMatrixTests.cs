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
        var wrong = await WrongAsync([.. FaultExpectations.Cells], ends);
        // Storage that fails among some 300 leads at once repeats a try, and the fault of "once" is over by then: the lead is sold as if there were none.
        var untouched = wrong.Where(w => w.Key.Span == FaultSpan.Once && w.Value is { State: "Delivered", Orders: 1 }).ToDictionary();
        Assert.True(wrong.Count == untouched.Count, Describe(wrong));
        if (untouched.Count > 0)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"Measured again: {Describe(untouched)}");
            wrong = await WrongAsync([.. untouched.Keys], ends);
            Assert.True(wrong.Count == 0, Describe(wrong));
        }
    }

    /// <summary>The cells that end otherwise than the rules say.</summary>
    private async Task<Dictionary<FaultCell, FaultResult>> WrongAsync(IReadOnlyList<FaultCell> cells, CancellationToken ends)
    {
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        var results = await new FaultMatrix(bed, cells, _ => { }).MeasureAsync(ends);
        Assert.All(results, r => Assert.InRange(r.Value.Orders, 0, 1));
        return results.Where(r => r.Value.ToString() != FaultExpectations.Of(r.Key)).ToDictionary();
    }

    private static string Describe(Dictionary<FaultCell, FaultResult> wrong) =>
        string.Join("; ", wrong.Select(w => $"{w.Key.Stage} {w.Key.Fault} {w.Key.Span}: {w.Value}, expected {FaultExpectations.Of(w.Key)}"));
}
