using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>An operator discards a record while its kind is being found.</summary>
public sealed class DiscardedPlaceholderTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Auto = new("main", RecordKind.Auto, 5);

    [Fact]
    public async Task It_stays_discarded_under_its_kind_and_is_not_sent()
    {
        PipelineServices? services = null;
        await using var uon = await CallSink.StartAsync(
            call =>
            {
                if (!call.Path.Contains("/lead/5", StringComparison.Ordinal))
                {
                    return new SinkAnswer(404, """{"request":[]}""");
                }

                services!.Get<OperatorService>().ActAsync(Auto, new OperatorAction.Discard("not ours", "Olga"), ActionTarget.Shown, None).GetAwaiter().GetResult();
                return new SinkAnswer(200, """{"lead":[{"id":5,"dat":"2099-01-01 10:00:00","client_phone":"+79990000005"}]}""");
            },
            None);
        await using var all = services = PipelineServices.Offline(azurite.NewAccount(), TimeProvider.System, ["main"], ("Pipelines:main:Uon:BaseAddress", uon.BaseAddress.ToString()));
        var journal = services.Get<JournalStore>();
        var entry = await services.JournalAsync(Auto);
        await journal.UpdateAsync(entry, entry.Operation with { Enrichment = EnrichmentState.Waiting }, null, None);

        await services.Get<RecordEnricher>().RunAsync(
            new StageMessage { Pipeline = "main", Kind = RecordKind.Auto, Id = 5, Run = entry.Operation.Run, Attempt = entry.Operation.Attempt }, redelivered: false);

        var found = (await journal.ReadAsync(Auto with { Kind = RecordKind.Lead }, None))!.Operation;
        Assert.Equal(OperationState.Discarded, found.State);
        Assert.Contains(found.Events, e => e.Detail?.Contains("not ours", StringComparison.Ordinal) == true);
        Assert.Null(await journal.ReadAsync(Auto, None));
        Assert.Equal(0, (await services.Get<StageQueues>().DepthAsync("offerum-orders", None)).Messages);
    }
}
