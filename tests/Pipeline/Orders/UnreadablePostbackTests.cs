using Microsoft.AspNetCore.Http;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>A postback whose operation may be one that cannot be read is kept, unless its order id names another one.</summary>
public sealed class UnreadablePostbackTests(AzuriteFixture azurite)
{
    private const string Secret = "a-postback-secret-for-tests";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Main = new("main", RecordKind.Lead, 1);
    private static readonly OperationId Second = new("second", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("subid1=lead-1")]
    [InlineData("subid1=lead-1&lead_id=of-main")]
    [InlineData("lead_id=of-main")]
    public async Task Its_own_row_is_unreadable(string about)
    {
        await using var services = await ServicesAsync();
        await UnreadableRow.MakeAsync(services, Main);

        await PostbackAsync(services, about);

        Assert.Contains("cannot read", Assert.Single(await UnmatchedAsync(services)).Problem, StringComparison.Ordinal);
        Assert.Null(await PostbackOfAsync(services, Second));
    }

    [Theory]
    [InlineData("subid1=lead-1", false)]
    [InlineData("subid1=lead-1&lead_id=of-main", true)]
    public async Task Another_pipelines_row_is_unreadable(string about, bool isFound)
    {
        await using var services = await ServicesAsync();
        await UnreadableRow.MakeAsync(services, Second);

        await PostbackAsync(services, about);

        Assert.Equal(isFound ? 0 : 1, (await UnmatchedAsync(services)).Count);
        Assert.Equal(isFound ? "approved" : null, await PostbackOfAsync(services, Main));
    }

    private static async Task<string?> PostbackOfAsync(PipelineServices services, OperationId id) =>
        (await services.Get<JournalStore>().ReadAsync(id, None))!.Operation.Postback?.Status;

    private static Task<IReadOnlyList<UnmatchedPostback>> UnmatchedAsync(PipelineServices services) =>
        services.Get<UnmatchedPostbackList>().ListAsync("main", null, null, 10, None);

    private static async Task PostbackAsync(PipelineServices services, string about)
    {
        var request = new DefaultHttpContext { Request = { Method = "GET", QueryString = new QueryString($"?{about}&status=approved") } }.Request;
        await services.Get<PostbackReceiver>().ReceiveAsync(request, "main", Secret, None);
    }

    /// <summary>Both pipelines of one flow have an order of the record.</summary>
    private async Task<PipelineServices> ServicesAsync()
    {
        var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main", "second"], ("Pipelines:main:Postback:Secret", Secret));
        foreach (var id in new[] { Main, Second })
        {
            await services.JournalAsync(id, new Delivery { Destination = "offerum", State = DeliveryState.Delivered, Attempt = 2, Sends = 1, OrderId = $"of-{id.Pipeline}" });
        }

        return services;
    }
}
