using Microsoft.AspNetCore.Http;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>The network splits a subid at ':', and an operator may use <c>sub2</c> in the postback's address for another purpose.</summary>
public sealed class SplitSubIdTests(AzuriteFixture azurite)
{
    private const string Secret = "a-postback-secret-for-tests";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Main = new("main", RecordKind.Lead, 5);
    private static readonly OperationId Second = new("second", RecordKind.Lead, 5);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("subid1=lead-5&sub2=abc", null, true, false)]
    [InlineData("subid1=lead-5&subid2=second", null, false, true)]
    [InlineData("subid1=lead-5:abc", null, false, false)]
    [InlineData("subid1=lead-6&sub2=abc", null, false, false)]
    [InlineData("subid1=lead-5&subid2=former&lead_id=777", null, false, true)]
    [InlineData("subid1=lead-5&sub2=abc&lead_id=888", null, true, false)]
    [InlineData("subid1=lead-5&sub2=abc&lead_id=888", "555", false, false)]
    public async Task The_first_value_alone_is_tried_last(string about, string? mainOrder, bool isMain, bool isSecond)
    {
        await using var services = PipelineServices.Offline(
            azurite.NewAccount(), _time, ["main", "second"], ("Pipelines:main:Postback:Secret", Secret), ("Pipelines:second:Offerum:SubId", "{kind}-{id}:{pipeline}"));
        await services.JournalAsync(Main, Sent() with { OrderId = mainOrder });
        await services.JournalAsync(Second, isSecond ? Sent() with { OrderId = "777" } : Sent() with { Sends = 0 });

        await ReceiveAsync(services, about);

        Assert.Equal((isMain, isSecond), (await HasPostbackAsync(services, Main), await HasPostbackAsync(services, Second)));
    }

    [Fact]
    public async Task The_first_value_alone_proves_no_order_that_was_not_sent()
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"], ("Pipelines:main:Postback:Secret", Secret));
        await services.JournalAsync(Main, Sent() with { Sends = 0 });

        await ReceiveAsync(services, "subid1=lead-5&sub2=abc");

        Assert.False(await HasPostbackAsync(services, Main));
    }

    private static Delivery Sent() => new() { Destination = "offerum", State = DeliveryState.Uncertain, Attempt = 2, Sends = 1 };

    private static async Task ReceiveAsync(PipelineServices services, string about)
    {
        var request = new DefaultHttpContext { Request = { Method = "GET", QueryString = new QueryString($"?{about}&status=approved") } }.Request;
        await services.Get<PostbackReceiver>().ReceiveAsync(request, "main", Secret, None);
    }

    private static async Task<bool> HasPostbackAsync(PipelineServices services, OperationId id) =>
        (await services.Get<JournalStore>().ReadAsync(id, None))!.Operation.Postback is not null;
}
