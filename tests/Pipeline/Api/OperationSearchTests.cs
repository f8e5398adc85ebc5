using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Api;

public sealed class OperationSearchTests(AzuriteFixture azurite)
{
    private static readonly ManualTime Time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    /// <summary>U-ON's numbers have no leading zeros; an order id keeps those it has.</summary>
    [Theory]
    [InlineData("0077", "main/lead/1 main/lead/77")]
    [InlineData("77", "main/lead/77")]
    [InlineData("00000000000000000000077", "main/lead/77")]
    [InlineData("00", "")]
    public async Task Leading_zeros_are_searched_with_and_without(string text, string expected)
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), Time, ["main"]);
        await services.JournalAsync(new OperationId("main", RecordKind.Lead, 1), new Delivery { Destination = "offerum", State = DeliveryState.Delivered, Attempt = 2, OrderId = "0077" });
        await services.JournalAsync(new OperationId("main", RecordKind.Lead, 77));

        var found = await services.Get<OperationSearch>().FindAsync(new OperationQuery { Pipeline = "main", Text = text }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, string.Join(' ', found.Select(o => o.Id.ToString()).Order(StringComparer.Ordinal)));
    }
}
