using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>
/// Which outcomes result from a step. The sale is the order to the first of the app's destinations, which Offerum leads: a chat that got a message about
/// the lead has not bought it. Pure.
/// </summary>
internal static class OutcomeRules
{
    /// <param name="operation">Its orders are in the order in which they were added: a destination that was configured later comes last.</param>
    /// <param name="destinations">All destinations of the app, in the order of their registration.</param>
    public static Delivery? SaleOf(Operation operation, IEnumerable<string> destinations) =>
        destinations.Select(operation.DeliveryTo).FirstOrDefault(delivery => delivery?.IsReport() == false) ?? operation.Orders.FirstOrDefault();

    public static IEnumerable<OutcomeReport> New(Operation before, Operation after, IEnumerable<string> destinations)
    {
        if (SaleOf(after, destinations) is not { } sale)
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
