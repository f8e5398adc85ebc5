using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.OperationsFunction.Views;

/// <summary>What the API tells about an operation beside its state.</summary>
public sealed class OperationViewTests
{
    [Theory]
    [InlineData(DeliveryState.UncertainResending, true)]
    [InlineData(DeliveryState.Uncertain, false)]
    public void Uncertain_says_whether_it_is_sent_again(DeliveryState state, bool resending)
    {
        var view = View(Some.Delivery(state) with { NextTryAt = resending ? Some.Now : null });

        Assert.Equal(("Uncertain", resending, resending), (view.State, view.Resending, view.InProgress));
        Assert.Equal(("Uncertain", resending, resending), (view.Deliveries[0].State, view.Deliveries[0].Resending, view.Deliveries[0].InProgress));
    }

    [Fact]
    public void One_delivery_that_waits_for_an_operator_decides()
    {
        var view = View(Some.Delivery(DeliveryState.UncertainResending), Some.Delivery(DeliveryState.Uncertain, Some.Other));

        Assert.False(view.Resending);
        Assert.Equal([true, false], view.Deliveries.Select(d => d.Resending));
    }

    [Theory]
    [InlineData(DeliveryState.Enriched, true)]
    [InlineData(DeliveryState.Waiting, true)]
    [InlineData(DeliveryState.Sending, true)]
    [InlineData(DeliveryState.Held, false)]
    [InlineData(DeliveryState.Failed, false)]
    [InlineData(DeliveryState.Delivered, false)]
    public void In_progress_is_what_a_message_continues(DeliveryState state, bool inProgress)
    {
        var view = View(Some.Delivery(state));

        Assert.Equal((inProgress, false), (view.InProgress, view.Resending));
        Assert.Equal((inProgress, false), (view.Deliveries[0].InProgress, view.Deliveries[0].Resending));
    }

    [Theory]
    [InlineData(EnrichmentState.Waiting, true)]
    [InlineData(EnrichmentState.Held, false)]
    [InlineData(EnrichmentState.Failed, false)]
    [InlineData(EnrichmentState.Skipped, false)]
    public void Without_deliveries_the_enrichment_decides(EnrichmentState state, bool inProgress) =>
        Assert.Equal(inProgress, View(Some.Enriching(state)).InProgress);

    [Fact]
    public void What_an_action_would_touch_may_have_arrived()
    {
        var failed = Some.Delivery(DeliveryState.Failed);

        Assert.False(View(failed).MayHaveArrived);
        Assert.True(View(failed with { MayHaveArrived = true }).MayHaveArrived);
        Assert.True(View(Some.Delivery(DeliveryState.Unconfirmed)).MayHaveArrived);
        // An action without a destination touches only what is in the state shown, which is Failed.
        Assert.False(View(failed, Some.Delivery(DeliveryState.Uncertain, Some.Other)).MayHaveArrived);
        Assert.False(View(Some.Delivery(DeliveryState.Delivered) with { MayHaveArrived = true }).MayHaveArrived);
    }

    private static OperationView View(params Delivery[] deliveries) => View(Some.Operation(deliveries));

    private static OperationView View(Operation operation) => OperationView.Of(operation, TestPipelines.Read(TestPipelines.Whole("main")));
}
