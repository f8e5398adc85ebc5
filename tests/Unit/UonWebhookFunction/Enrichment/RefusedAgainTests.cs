using Moq;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

/// <summary>One destination refused the record, another failed, and the record is fetched again.</summary>
public sealed class RefusedAgainTests
{
    private const string NewestRun = "01950000-0000-7000-8000-000000000009";

    private static readonly Operation Known = Some.Operation(Some.Delivery(DeliveryState.Rejected), Some.Delivery(DeliveryState.Failed, Some.Other));

    [Fact]
    public void What_was_refused_is_not_sent_again_unchanged() =>
        Assert.Equal((DeliveryState.Rejected, DeliveryState.Enriched), Read(Known, Known.Fields));

    [Fact]
    public void What_was_refused_is_sent_again_once_it_is_corrected() =>
        Assert.Equal((DeliveryState.Enriched, DeliveryState.Enriched), Read(Known, Known.Fields.With([new("client_name", "Вера")])));

    [Fact]
    public void An_operator_who_names_it_has_it_sent_again() =>
        Assert.Equal((DeliveryState.Enriched, DeliveryState.Failed), Read(Fetched(Known, Some.Destination) with { FetchFor = [Some.Destination] }, Known.Fields));

    [Fact]
    public void A_webhook_before_the_fetch_does_not_undo_the_operators_request()
    {
        var begun = EnrichResults.Begin(Fetched(Known, Some.Destination), Some.Message(NewestRun), Known.Id, Some.Now);

        var (refused, _) = Read(begun, Known.Fields);

        Assert.Equal(DeliveryState.Enriched, refused);
    }

    [Fact]
    public void A_request_ends_with_its_fetch()
    {
        var failed = Fetched(Known, Some.Destination) with { Enrichment = EnrichmentState.Failed };
        var begun = EnrichResults.Begin(failed, Some.Message(NewestRun), Known.Id, Some.Now);

        Assert.Equal((DeliveryState.Rejected, DeliveryState.Enriched), Read(begun, Known.Fields));
        Assert.DoesNotContain(Fetched(Known, Some.Destination).EndEnrichment(EnrichmentState.Enriched).Deliveries, d => d.ResendUnchanged);
    }

    /// <summary>During a webhook's fetch, each of these is about another delivery.</summary>
    [Fact]
    public void What_an_operator_wants_of_another_delivery_does_not_concern_it()
    {
        var fetching = Known.With(Some.Delivery(DeliveryState.Uncertain, "third")) with { Enrichment = EnrichmentState.Waiting };
        string[] destinations = [Some.Destination, Some.Other, "third"];

        Operation[] after =
        [
            Apply(fetching, new OperatorAction.ReplaySend(null), ActionTarget.To("third"), destinations),
            Apply(fetching, new OperatorAction.ReplayEnrich(null), ActionTarget.Shown, destinations),
            Fetched(fetching, Some.Other),
        ];

        Assert.All(after, next => Assert.Equal(DeliveryState.Rejected, Read(next, Known.Fields).Refused));
    }

    private static Operation Fetched(Operation operation, string destination) =>
        Apply(operation, new OperatorAction.ReplayEnrich(null), ActionTarget.To(destination), [Some.Destination, Some.Other]);

    private static Operation Apply(Operation operation, OperatorAction action, ActionTarget target, IEnumerable<string> destinations)
    {
        var (next, refusal) = ActionRules.Apply(operation, action, destinations, Some.NewerRun, Some.Now, target);
        Assert.True(next is not null, refusal);
        return next;
    }

    private static (DeliveryState Refused, DeliveryState Failed) Read(Operation known, RecordFields fields)
    {
        var fetching = known with { Enrichment = EnrichmentState.Waiting };
        var destinations = new[] { Some.Destination, Some.Other }.Select(name => Mock.Of<IDestination>(d => d.Name == name));

        var after = EnrichResults.Apply(
            fetching, new EnrichOutcome.Ready(RecordKind.Lead, fields, null), TestUonSettings.For(new Uri("http://127.0.0.1/"), "uon-test-key"), Some.FieldSet, destinations, Some.Now, random: 0);

        return (after.DeliveryTo(Some.Destination)!.State, after.DeliveryTo(Some.Other)!.State);
    }
}
