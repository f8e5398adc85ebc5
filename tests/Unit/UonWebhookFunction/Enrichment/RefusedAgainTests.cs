using Moq;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

/// <summary>One destination refused the record, another failed, and the record is fetched again.</summary>
public sealed class RefusedAgainTests
{
    private static readonly Operation Known = Some.Operation(Some.Delivery(DeliveryState.Rejected), Some.Delivery(DeliveryState.Failed, Some.Other));

    [Fact]
    public void What_was_refused_is_not_sent_again_unchanged() =>
        Assert.Equal((DeliveryState.Rejected, DeliveryState.Enriched), Read(Known, Known.Fields));

    [Fact]
    public void What_was_refused_is_sent_again_once_it_is_corrected() =>
        Assert.Equal((DeliveryState.Enriched, DeliveryState.Enriched), Read(Known, Known.Fields.With([new("client_name", "Вера")])));

    [Fact]
    public void An_operator_who_names_it_has_it_sent_again() =>
        Assert.Equal((DeliveryState.Enriched, DeliveryState.Failed), Read(Known with { FetchFor = [Some.Destination] }, Known.Fields));

    private static (DeliveryState Refused, DeliveryState Failed) Read(Operation known, RecordFields fields)
    {
        var fetching = known with { Enrichment = EnrichmentState.Waiting };
        var destinations = new[] { Some.Destination, Some.Other }.Select(name => Mock.Of<IDestination>(d => d.Name == name));

        var after = EnrichResults.Apply(
            fetching, new EnrichOutcome.Ready(RecordKind.Lead, fields, null), TestUonSettings.For(new Uri("http://127.0.0.1/"), "uon-test-key"), Some.FieldSet, destinations, Some.Now, random: 0);

        return (after.DeliveryTo(Some.Destination)!.State, after.DeliveryTo(Some.Other)!.State);
    }
}
