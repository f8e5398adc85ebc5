using Azure.Storage.Queues.Models;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>A message on a poison queue whose operation cannot be read: the queue has no poison queue of its own, so it must end here.</summary>
public sealed class UnreadableFailureTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(OfferumDestination.QueueName, RecordKind.Lead)]
    [InlineData(QueueNames.UonRecords, RecordKind.Lead)]
    [InlineData(QueueNames.UonRecords, RecordKind.Auto)]
    public async Task It_is_kept_where_an_operator_sees_it(string queue, RecordKind kind)
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"]);
        var entry = await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 });
        await UnreadableRow.MakeAsync(services, Id);
        var body = StageMessageJson.Write(Outbox.Message(entry.Operation, 2) with { Kind = kind });

        await services.Get<FailureRecorder>().RunAsync(queue, QueuesModelFactory.QueueMessage("1", "1", body, 1, insertedOn: _time.Now), None);

        var kept = Assert.Single(await services.Get<UnreadableMessages>().ListAsync(queue, null, null, 10, None));
        Assert.Equal(body.ToArray(), kept.Body);
        Assert.Contains("main/lead/1", kept.Problem, StringComparison.Ordinal);
        Assert.Null(await services.Get<JournalStore>().ReadAsync(Id with { Kind = RecordKind.Auto }, None));
    }
}
