using UonOfferum.Shared.Journal;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>What a postback makes of an operation. Postbacks repeat and come out of order. Pure.</summary>
internal static class PostbackRules
{
    /// <summary>The operation told; null when it says nothing new.</summary>
    public static Operation? Apply(Operation operation, OfferumPostback postback, DateTimeOffset now)
    {
        var status = postback.Status ?? OfferumPostback.Waiting;
        var known = operation.Postback;
        var repeats = known is not null && known.Status == status && known.Payout == postback.Payout && known.Currency == postback.Currency;
        if (repeats || (known is not null && status == OfferumPostback.Waiting))
        {
            return null;
        }

        operation = (operation with { Postback = new Postback(status, postback.Payout, postback.Currency, now) })
            .Tell(now, EventNames.Postback, postback.Payout is null ? status : $"{status}, {postback.Payout} {postback.Currency}".TrimEnd(), destination: OfferumDestination.DestinationName);
        return Proves(operation, postback, now);
    }

    /// <summary>The network speaks of an order of ours, so it has it: that ends every doubt whether it arrived.</summary>
    private static Operation Proves(Operation operation, OfferumPostback postback, DateTimeOffset now) =>
        operation.DeliveryTo(OfferumDestination.DestinationName) is { State: OperationState.Uncertain or OperationState.Unconfirmed } delivery
            ? operation
                .With(delivery with
                {
                    State = OperationState.Delivered,
                    OrderId = postback.OrderId ?? delivery.OrderId,
                    NextTryAt = null,
                    Error = null,
                    Doubtful = false,
                })
                .Tell(now, EventNames.Delivered, delivery, "the postback proves that the order had arrived")
            : operation;
}
