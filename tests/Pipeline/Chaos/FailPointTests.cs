using System.Reflection;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>A real SIGKILL at each fail point between two durable steps. Four classes, so that they run side by side.</summary>
public sealed class FailPointTests
{
    [Fact]
    public void Every_fail_point_has_a_kill_aimed_at_it()
    {
        var points = typeof(FailPoints).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f is { IsLiteral: true, Name: not nameof(FailPoints.Setting) })
            .Select(f => (string)f.GetRawConstantValue()!);
        var aimed = FailPointCases.OfTheWebhookAndTheEnrichment.Concat(FailPointCases.OfTheOrder).Concat(FailPointCases.OfFailuresAndOperators).Concat(WriteBackFailPointCases.All).Select(s => s.Point);

        Assert.Empty(points.Except(aimed, StringComparer.Ordinal));
    }
}

public sealed class EnrichmentFailPointTests(AzuriteFixture azurite)
{
    public static TheoryData<string> All => [.. FailPointCases.OfTheWebhookAndTheEnrichment.Select(s => s.ToString())];

    [SlowTheory(Timeout = TestTimeouts.WholeTest)]
    [MemberData(nameof(All))]
    public Task A_kill_at_the_webhook_and_the_enrichment_loses_nothing(string failPoint) => FailPointRun.RunAsync(
        azurite, FailPointCases.OfTheWebhookAndTheEnrichment.Single(s => s.ToString() == failPoint), TestContext.Current.CancellationToken);
}

public sealed class OrderFailPointTests(AzuriteFixture azurite)
{
    public static TheoryData<string> All => [.. FailPointCases.OfTheOrder.Select(s => s.ToString())];

    [SlowTheory(Timeout = TestTimeouts.WholeTest)]
    [MemberData(nameof(All))]
    public Task A_kill_at_the_order_loses_nothing_and_sells_nothing_twice(string failPoint) => FailPointRun.RunAsync(
        azurite, FailPointCases.OfTheOrder.Single(s => s.ToString() == failPoint), TestContext.Current.CancellationToken);
}

public sealed class OperatorFailPointTests(AzuriteFixture azurite)
{
    public static TheoryData<string> All => [.. FailPointCases.OfFailuresAndOperators.Select(s => s.ToString())];

    [SlowTheory(Timeout = TestTimeouts.WholeTest)]
    [MemberData(nameof(All))]
    public Task A_kill_at_a_failure_or_an_operators_action_loses_nothing(string failPoint) => FailPointRun.RunAsync(
        azurite, FailPointCases.OfFailuresAndOperators.Single(s => s.ToString() == failPoint), TestContext.Current.CancellationToken);
}

public sealed class WriteBackFailPointTests(AzuriteFixture azurite)
{
    public static TheoryData<string> All => [.. WriteBackFailPointCases.All.Select(s => s.ToString())];

    [SlowTheory(Timeout = TestTimeouts.WholeTest)]
    [MemberData(nameof(All))]
    public Task A_kill_at_the_write_back_leaves_one_note_and_no_second_order(string failPoint) => FailPointRun.RunAsync(
        azurite, WriteBackFailPointCases.All.Single(s => s.ToString() == failPoint), TestContext.Current.CancellationToken);
}
