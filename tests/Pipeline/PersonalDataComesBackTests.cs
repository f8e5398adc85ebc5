using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Pipeline;

/// <summary>A record that is fetched again brings its client's data back: it leaves once more, a retention after that.</summary>
public sealed class PersonalDataComesBackTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private UonSimulator _uon = null!;
    private PipelineServices _services = null!;

    public async ValueTask InitializeAsync()
    {
        _uon = await UonSimulator.StartAsync(new UonSimulatorOptions { RequestsPerSecond = null }, None);
        _services = PipelineServices.Offline(
            azurite.NewAccount(), _time, ["main"],
            ("Retention:PersonalData", "30.00:00:00"), ("Pipelines:main:Uon:ApiKey", UonSimulator.DefaultApiKey),
            ("Pipelines:main:Uon:BaseAddress", _uon.BaseAddress.AbsoluteUri), ("Pipelines:main:Uon:RequestsPerSecond", "1000"));
        await _services.Get<PipelineRegistry>().RecordAsync(new HashSet<string>(StringComparer.Ordinal) { "main" }, None, isComplete: true);
        await _services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Failed, Attempt = 2 });
        Pass(Kept);
        Assert.Equal(1, await RedactAsync());
        _uon.Leads.Put(UonRecord.Lead(Id.RecordId, _time.Now));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _uon.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_late_webhook_sets_a_new_date_of_removal(bool hasNote)
    {
        if (hasNote)
        {
            // As an earlier version left it: that version did not redact notes.
            var redacted = (await _services.Get<JournalStore>().ReadAsync(Id, None))!;
            await _services.Get<JournalStore>().NoteAsync(redacted, redacted.Operation.WithEvent(_time.Now, EventNames.Resolved, "discarded: a few words"), None);
        }

        var webhook = new StageMessage
        {
            Pipeline = Id.Pipeline,
            Kind = Id.Kind,
            Id = Id.RecordId,
            Run = RunId.New(_time),
            Attempt = 1,
            Webhook = new WebhookMetadata { EventType = UonWebhook.LeadCreated, ReceivedAt = _time.Now },
        };

        await _services.Get<RecordEnricher>().RunAsync(webhook, redelivered: false);

        await AssertItLeavesOnceMoreAsync();
    }

    [Fact]
    public async Task A_replay_that_fetches_again_sets_a_new_date_of_removal()
    {
        var replayed = await _services.Get<OperatorService>().ActAsync(Id, new OperatorAction.ReplayEnrich(null), ActionTarget.Shown, None);
        var message = Assert.Single(Outbox.Of(replayed.Operation!)).Message;

        await _services.Get<RecordEnricher>().RunAsync(message, redelivered: false);

        await AssertItLeavesOnceMoreAsync();
    }

    private async Task AssertItLeavesOnceMoreAsync()
    {
        var back = (await _services.Get<JournalStore>().ReadAsync(Id, None))!;
        Assert.Equal(UonRecord.Lead(Id.RecordId).E164, back.Operation.Fields["phone"]);
        var settled = back.Operation.With(back.Operation.Deliveries[0] with { State = DeliveryState.Delivered, NextTryAt = null });
        Assert.NotNull(await _services.Get<JournalStore>().UpdateAsync(back, settled, null, None));

        // A day before its new date nothing happens.
        Pass(Kept - TimeSpan.FromDays(1));
        Assert.Equal(0, await RedactAsync());
        Pass(TimeSpan.FromDays(1));
        Assert.Equal(1, await RedactAsync());

        var left = (await _services.Get<JournalStore>().ReadAsync(Id, None))!.Operation;
        Assert.Equal((false, null), (left.HoldsPersonalData, left.PersonalSince));
    }

    private void Pass(TimeSpan time) => _time.Now += time + TimeSpan.FromSeconds(1);

    private Task<int> RedactAsync() => _services.Get<PersonalDataRedactor>().RunAsync(None);
}
