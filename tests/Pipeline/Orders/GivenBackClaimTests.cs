using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>A claim whose lease is too short to send is given back.</summary>
public sealed class GivenBackClaimTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_webhook_that_is_noted_meanwhile_makes_it_no_doubt()
    {
        var storage = azurite.NewAccount();
        await using var services = PipelineServices.Offline(storage, _time, ["main"]);
        var entry = await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 });
        using var awkward = new AwkwardStorage
        {
            AfterFirst = () => _time.Now = _time.Now.AddSeconds(45),
            BeforeSecond = async () =>
            {
                var now = (await services.Get<JournalStore>().ReadAsync(Id, None))!;
                Assert.NotNull(await services.Get<JournalStore>().NoteAsync(now, now.Operation.WithEvent(_time.Now, EventNames.Webhook), None));
            },
        };
        using var http = new HttpClient(awkward);
        var journal = new JournalStore(new JournalTable(new TableServiceClient(storage, new TableClientOptions { Transport = new HttpClientTransport(http) })), services.Get<PhoneIndex>(), TimeProvider.System);
        var attempt = ActivatorUtilities.CreateInstance<DeliveryAttempt>(services.Provider, journal);
        var main = services.Get<PipelineCatalog>().Get("main");

        Assert.Null(await attempt.RunAsync(main, services.Get<OfferumDestination>(), entry, Outbox.Message(entry.Operation, 2), None));

        Assert.Equal(3, awkward.Batches);
        Assert.Equal(DeliveryState.Enriched, (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0].State);
        Assert.Equal(ClaimResult.Waiting, (await services.Get<JournalStore>().ReadClaimAsync(Id, "offerum", None))!.Result);
    }

    /// <summary>Things happen between its batches.</summary>
    private sealed class AwkwardStorage() : DelegatingHandler(new SocketsHttpHandler())
    {
        public required Action AfterFirst { get; init; }

        public required Func<Task> BeforeSecond { get; init; }

        public int Batches { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            if (++Batches == 2)
            {
                await BeforeSecond();
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (Batches == 1)
            {
                AfterFirst();
            }

            return response;
        }
    }
}
