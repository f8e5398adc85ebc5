using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>
/// Which outcomes a step brings. The sale is that of the pipeline's first destination, Offerum where there is one: a chat that was told of the
/// lead has not bought it. Pure.
/// </summary>
internal static class OutcomeRules
{
    public static IEnumerable<OutcomeReport> New(Operation before, Operation after)
    {
        if (after.Orders.FirstOrDefault() is not { } sale)
        {
            yield break;
        }

        if (sale.State != before.DeliveryTo(sale.Destination)?.State && Named(sale.State) is { } answer)
        {
            yield return new OutcomeReport(answer, after.UpdatedAt) { OrderId = sale.OrderId, Reason = sale.Error?.Message };
        }

        // A postback says "waiting" first: that is no outcome. The network may change its mind, and its payout.
        if (after.Postback is { } postback && postback != before.Postback && postback.Status is Outcomes.Approved or Outcomes.Declined or Outcomes.Trash)
        {
            yield return new OutcomeReport(postback.Status, postback.At) { OrderId = sale.OrderId, Payout = postback.Payout, Currency = postback.Currency };
        }
    }

    private static string? Named(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => Outcomes.Delivered,
        DeliveryState.Duplicate => Outcomes.Duplicate,
        DeliveryState.Rejected => Outcomes.Rejected,
        _ => null,
    };
}
