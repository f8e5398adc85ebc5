using Azure.Data.Tables;
using UonOfferum.Backup;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>An import leaves the claim of a send that the operation does not know: the order may have arrived, so only an operator sends it again.</summary>
public sealed class ImportedClaimTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    /// <summary>A message that meets such a claim must not go round for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("backup-").FullName;
    private readonly string _behind = azurite.NewAccount(), _ahead = azurite.NewAccount();

    [Theory]
    [InlineData(ExistingRows.Keep, 0, "hold")]
    [InlineData(ExistingRows.Keep, 0, "resend")]
    [InlineData(ExistingRows.Keep, 1, "hold")]
    [InlineData(ExistingRows.Overwrite, 0, "hold")]
    [InlineData(ExistingRows.Overwrite, 1, "hold")]
    public async Task It_ends_the_tries_in_doubt(ExistingRows existing, int sends, string uncertain)
    {
        await using var services = await MixAsync(existing, sends, ClaimResult.Delivered, uncertain);

        var operation = await SendAsync(services);

        var delivery = operation.Deliveries[0];
        Assert.Equal((DeliveryState.Uncertain, sends + 1, "order-1"), (delivery.State, delivery.Sends, delivery.OrderId));
        Assert.True(delivery.MayHaveArrived);
        Assert.DoesNotContain(operation.Events, e => e.Name == EventNames.Claimed);
        Assert.Equal(1, await MessagesAsync(services, "offerum-orders-poison"));
    }

    [Fact]
    public async Task While_its_lease_lasts_the_message_waits()
    {
        await using var services = await MixAsync(ExistingRows.Keep, sends: 0, result: null);

        var delivery = (await SendAsync(services)).Deliveries[0];

        Assert.Equal((DeliveryState.Enriched, 0), (delivery.State, delivery.Sends));
        Assert.Equal(1, await MessagesAsync(services, "offerum-orders"));
    }

    [Fact]
    public async Task An_operator_may_send_the_order_again()
    {
        await using var services = await MixAsync(ExistingRows.Keep, sends: 0, ClaimResult.Delivered);
        await SendAsync(services);
        var entry = (await services.Get<JournalStore>().ReadAsync(Id, None))!;
        var approved = entry.Operation.Deliveries[0] with { State = DeliveryState.Enriched, Error = null, ResendApproved = true };
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, entry.Operation.With(approved), null, None));

        var delivery = (await SendAsync(services)).Deliveries[0];

        // Nothing listens at the destination's address.
        Assert.Equal((DeliveryState.Waiting, 2), (delivery.State, delivery.Sends));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>An account with the operation from before its last send, and the claim of that send.</summary>
    private async Task<PipelineServices> MixAsync(ExistingRows existing, int sends, ClaimResult? result, string uncertain = "hold")
    {
        var (from, to) = existing == ExistingRows.Keep ? (_ahead, _behind) : (_behind, _ahead);
        var before = new Delivery { Destination = "offerum", State = sends == 0 ? DeliveryState.Enriched : DeliveryState.Waiting, Attempt = 2, Sends = sends };
        await using (var behind = PipelineServices.Offline(_behind, _time, ["main"]))
        {
            await behind.JournalAsync(Id, before);
        }

        await using (var ahead = PipelineServices.Offline(_ahead, _time, ["main"]))
        {
            var entry = await ahead.JournalAsync(Id, before);
            var after = before with { State = result is null ? DeliveryState.Sending : DeliveryState.Delivered, Sends = sends + 1 };
            var claim = new Claim
            {
                Destination = "offerum",
                Owner = "0123456789abcdef",
                LeaseUntil = _time.Now.AddMinutes(1),
                Lease = TimeSpan.FromHours(1),
                Sends = after.Sends,
                Result = result,
                OrderId = result is null ? null : "order-1",
            };
            Assert.NotNull(await ahead.Get<JournalStore>().UpdateAsync(entry, entry.Operation.With(after), claim, None));
        }

        var file = Path.Combine(_folder, "journal.jsonl");
        await new TableExport(new TableServiceClient(from), TimeProvider.System).RunAsync(file, None);
        await new TableImport(new TableServiceClient(to), TimeProvider.System).RunAsync(file, existing, pause: false, None);
        return PipelineServices.Offline(to, _time, ["main"], ("Pipelines:main:Offerum:Uncertain", uncertain));
    }

    private static async Task<Operation> SendAsync(PipelineServices services)
    {
        var journal = services.Get<JournalStore>();
        var operation = (await journal.ReadAsync(Id, None))!.Operation;
        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Outbox.Message(operation, 2), None).WaitAsync(Patience, TimeProvider.System, None);
        return (await journal.ReadAsync(Id, None))!.Operation;
    }

    private static async Task<int> MessagesAsync(PipelineServices services, string queue) => (await services.Get<StageQueues>().DepthAsync(queue, None)).Messages;
}
