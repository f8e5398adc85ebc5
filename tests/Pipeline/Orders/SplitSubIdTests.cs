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
    [InlineData("subid1=lead-5&sub2=abc", true, false)]
    [InlineData("subid1=lead-5&subid2=second", false, true)]
    [InlineData("subid1=lead-5:abc", false, false)]
    [InlineData("subid1=lead-6&sub2=abc", false, false)]
    public async Task The_first_value_alone_is_tried_after_all_of_them(string about, bool isMain, bool isSecond)
    {
        await using var services = PipelineServices.Offline(
            azurite.NewAccount(), _time, ["main", "second"], ("Pipelines:main:Postback:Secret", Secret), ("Pipelines:second:Offerum:SubId", "{kind}-{id}:{pipeline}"));
        foreach (var id in new[] { Main, Second })
        {
            await services.JournalAsync(id, new Delivery { Destination = "offerum", State = DeliveryState.Uncertain, Attempt = 2, Sends = id == Main || isSecond ? 1 : 0 });
        }

        var request = new DefaultHttpContext { Request = { Method = "GET", QueryString = new QueryString($"?{about}&status=approved") } }.Request;
        await services.Get<PostbackReceiver>().ReceiveAsync(request, "main", Secret, None);

        Assert.Equal((isMain, isSecond), (await HasPostbackAsync(services, Main), await HasPostbackAsync(services, Second)));
    }

    private static async Task<bool> HasPostbackAsync(PipelineServices services, OperationId id) =>
        (await services.Get<JournalStore>().ReadAsync(id, None))!.Operation.Postback is not null;
}
