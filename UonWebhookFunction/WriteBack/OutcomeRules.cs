using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>
/// Which outcomes result from a step. The sale is that of the pipeline's first destination, or Offerum if there is one: a chat that got a message about the
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

        // A postback says "waiting" first, which is not an outcome. The network may later change its verdict and its payout.
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
