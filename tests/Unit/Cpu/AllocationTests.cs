using System.Text.Json;
using UonOfferum.Testing.Cpu;

namespace UonOfferum.Tests.Unit.Cpu;

/// <summary>
/// Holds the pure parts of a lead's way to the allocations of <c>bench/baseline.json</c>. Whoever has a reason to raise one, or made one
/// smaller, runs <c>dotnet run -c Release --project bench -- cpu --update</c>.
/// </summary>
public sealed class AllocationTests
{
    /// <summary>What the compiler's modes and the runtime's versions differ by.</summary>
    private const double Tolerance = 1.1;

    private static readonly Dictionary<string, long> Baseline = JsonSerializer.Deserialize<Dictionary<string, long>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "baseline.json")))!;

    public static TheoryData<string> Names => [.. PureParts.All.Select(part => part.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_part_allocates_no_more_than_its_baseline(string name)
    {
        var allocated = Allocations.Of(PureParts.All.Single(part => part.Name == name));

        Assert.True(allocated <= Baseline[name] * Tolerance, $"{name} allocates {allocated} bytes; its baseline is {Baseline[name]}.");
    }

    [Fact]
    public void The_baseline_names_no_part_that_is_gone() => Assert.Equal(PureParts.All.Select(part => part.Name).Order(), Baseline.Keys.Order());
}
