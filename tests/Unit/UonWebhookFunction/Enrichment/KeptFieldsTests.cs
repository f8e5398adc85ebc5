using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

/// <summary>A record is fetched again because of one destination, while the order to another may still be sent by itself.</summary>
public sealed class KeptFieldsTests
{
    /// <summary>As U-ON has it: not parsed.</summary>
    private static readonly RecordFields Raw = Some.Fields(("phone", "8 (900) 000-00-09"), ("client_name", "Вера"));

    public static TheoryData<DeliveryState> MayBeSent =>
        [DeliveryState.Enriched, DeliveryState.Waiting, DeliveryState.Sending, DeliveryState.Held, DeliveryState.UncertainResending, DeliveryState.Skipped];

    [Theory]
    [MemberData(nameof(MayBeSent))]
    public void An_order_that_may_be_sent_keeps_the_fields_that_were_fit_for_sale(DeliveryState state)
    {
        var operation = Some.Operation(Some.Delivery(state), Some.Delivery(DeliveryState.Failed, Some.Other));

        Assert.All(NotForSale, outcome => Assert.Equal(operation.Fields, Apply(operation, outcome).Fields));
    }

    [Theory]
    [InlineData(DeliveryState.Rejected)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Discarded)]
    public void Otherwise_an_operator_sees_what_was_read(DeliveryState state) =>
        Assert.All(NotForSale, outcome => Assert.Equal("Вера", Apply(Some.Operation(Some.Delivery(state)), outcome).Fields["client_name"]));

    [Theory]
    [MemberData(nameof(MayBeSent))]
    public void Fields_that_are_fit_for_sale_replace_them(DeliveryState state) =>
        Assert.Equal("Вера", Apply(Some.Operation(Some.Delivery(state)), new EnrichOutcome.Ready(RecordKind.Lead, Raw, null)).Fields["client_name"]);

    private static EnrichOutcome[] NotForSale =>
    [
        new EnrichOutcome.Skip(RecordKind.Lead, Raw, ErrorCodes.TooOld, "Too old."),
        new EnrichOutcome.Fail(RecordKind.Lead, Raw, ErrorCodes.BadPhone, "Not a phone."),
        new EnrichOutcome.NotYet(RecordKind.Lead, Raw, ErrorCodes.NoPhone, "There is no phone yet."),
    ];

    private static Operation Apply(Operation operation, EnrichOutcome outcome) =>
        EnrichResults.Apply(operation, outcome, TestUonSettings.For(new Uri("http://127.0.0.1/"), "uon-test-key"), Some.FieldSet, [], Some.Now, random: 0);
}
