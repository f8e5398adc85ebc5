using System.Reflection;
using UonOfferum.Shared.Chaos;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>A real SIGKILL at each seam between two durable steps. Three classes, so that they run side by side.</summary>
public sealed class SeamTests
{
    [Fact]
    public void Every_pause_point_has_a_kill_aimed_at_it()
    {
        var points = typeof(PausePoints).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f is { IsLiteral: true, Name: not nameof(PausePoints.Setting) })
            .Select(f => (string)f.GetRawConstantValue()!);
        var aimed = Seams.OfTheWebhookAndTheEnrichment.Concat(Seams.OfTheOrder).Concat(Seams.OfFailuresAndOperators).Select(s => s.Point);

        Assert.Empty(points.Except(aimed, StringComparer.Ordinal));
    }
}

[Trait("Category", "Slow")]
public sealed class EnrichmentSeamTests(AzuriteFixture azurite)
{
    public static TheoryData<string> All => [.. Seams.OfTheWebhookAndTheEnrichment.Select(s => s.ToString())];

    [Theory(Timeout = 240_000)]
    [MemberData(nameof(All))]
    public Task A_kill_at_the_webhook_and_the_enrichment_loses_nothing(string seam) => SeamRun.PlayAsync(
        azurite, Seams.OfTheWebhookAndTheEnrichment.Single(s => s.ToString() == seam), TestContext.Current.CancellationToken);
}

[Trait("Category", "Slow")]
public sealed class OrderSeamTests(AzuriteFixture azurite)
{
    public static TheoryData<string> All => [.. Seams.OfTheOrder.Select(s => s.ToString())];

    [Theory(Timeout = 240_000)]
    [MemberData(nameof(All))]
    public Task A_kill_at_the_order_loses_nothing_and_sells_nothing_twice(string seam) => SeamRun.PlayAsync(
        azurite, Seams.OfTheOrder.Single(s => s.ToString() == seam), TestContext.Current.CancellationToken);
}

[Trait("Category", "Slow")]
public sealed class OperatorSeamTests(AzuriteFixture azurite)
{
    public static TheoryData<string> All => [.. Seams.OfFailuresAndOperators.Select(s => s.ToString())];

    [Theory(Timeout = 240_000)]
    [MemberData(nameof(All))]
    public Task A_kill_at_a_failure_or_an_operators_action_loses_nothing(string seam) => SeamRun.PlayAsync(
        azurite, Seams.OfFailuresAndOperators.Single(s => s.ToString() == seam), TestContext.Current.CancellationToken);
}
