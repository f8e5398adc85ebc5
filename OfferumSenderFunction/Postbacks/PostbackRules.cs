using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>Applies a postback to an operation. Postbacks repeat, arrive out of order, and may arrive before the reply to the order. Pure.</summary>
internal static class PostbackRules
{
    /// <summary>No operation has the postback's subid or order id.</summary>
    public const string NoOrder = "No order of this pipeline has this subid or id.";

    /// <summary>An operation has the postback's subid or order id, or may have it, and its row cannot be read.</summary>
    public const string Unreadable = "This version of the app cannot read the row of an order that may be the one.";

    /// <summary>The operation with the postback; null when it contains nothing new.</summary>
    public static Operation? Apply(Operation operation, OfferumPostback postback, DateTimeOffset now)
    {
        var noted = Note(operation, postback, now);
        // A postback recorded before its order was sent is proof when it arrives again.
        return Confirm(noted ?? operation, postback, now) ?? noted;
    }

    /// <summary>Chooses the postback's operation among those with its subid; null and the reason when none matches or the match is ambiguous.</summary>
    /// <param name="named">The operations of the pipelines that send to the flow.</param>
    /// <param name="possible">Those of pipelines that are invalid or were removed: they may have sent to the flow.</param>
    /// <param name="postback">With a subid.</param>
    public static (JournalEntry? Entry, string Problem) Choose(IReadOnlyList<JournalEntry> named, IReadOnlyList<JournalEntry> possible, OfferumPostback postback)
    {
        var mayBe = possible.Where(e => DeliveryOf(e) is { Sends: > 0 } && !Contradicts(OrderIdOf(e), postback.OrderId)).ToList();
        if (mayBe.Find(e => IsExact(e, postback)) is { } same)
        {
            return (same, "");
        }

        if (named.Count == 0 || (mayBe.Count > 0 && !named.Any(e => DeliveryOf(e) is { Sends: > 0 })))
        {
            return (null, mayBe is [var one, ..] ? $"It may belong to {one.Operation.Id}, whose settings are invalid or gone." : NoOrder);
        }

        return Choose(named, postback);
    }

    private static (JournalEntry? Entry, string Problem) Choose(IReadOnlyList<JournalEntry> named, OfferumPostback postback)
    {
        var fitting = named.Where(e => !Contradicts(OrderIdOf(e), postback.OrderId)).ToList();
        var exact = fitting.Where(e => IsExact(e, postback)).ToList();
        var sent = fitting.Where(e => DeliveryOf(e) is { Sends: > 0 }).ToList();
        var closest = exact.Count > 0 ? exact : sent.Count > 0 ? sent : fitting;
        return closest switch
        {
            [] => (null, "The journal has another order id for this subid."),
            [var only] => (only, ""),
            _ => (null, "Several pipelines of this flow have an order with this subid: put {pipeline} into Offerum:SubId."),
        };
    }

    /// <summary>The journal has the postback's order id.</summary>
    public static bool IsExact(JournalEntry entry, OfferumPostback postback) =>
        OrderIdOf(entry) is { } known && postback.OrderId is { } told && known.Equals(told, StringComparison.OrdinalIgnoreCase);

    private static bool Contradicts(string? known, string? told) =>
        known is not null && told is not null && !known.Equals(told, StringComparison.OrdinalIgnoreCase);

    private static string? OrderIdOf(JournalEntry entry) => DeliveryOf(entry)?.OrderId;

    private static Delivery? DeliveryOf(JournalEntry entry) => entry.Operation.DeliveryTo(OfferumDestination.DestinationName);

    private static Operation? Note(Operation operation, OfferumPostback postback, DateTimeOffset now)
    {
        var status = postback.Status ?? OfferumPostback.Waiting;
        var known = operation.Postback;
        var repeats = known is not null && known.Status == status && known.Payout == postback.Payout && known.Currency == postback.Currency;
        return repeats || (known is not null && status == OfferumPostback.Waiting)
            ? null
            : (operation with { Postback = new Postback(status, postback.Payout, postback.Currency, now) })
                .WithEvent(now, EventNames.Postback, postback.Payout is null ? status : $"{status}, {postback.Payout} {postback.Currency}".TrimEnd(), destination: OfferumDestination.DestinationName);
    }

    /// <summary>
    /// A postback for an order that was claimed proves its arrival, whatever the reply to the POST was or will be; null when that is already known. One that came
    /// before the claim means another order, or is invented: it proves nothing.
    /// </summary>
    private static Operation? Confirm(Operation operation, OfferumPostback postback, DateTimeOffset now) =>
        operation.DeliveryTo(OfferumDestination.DestinationName) is { Sends: > 0 } delivery && !delivery.State.IsSold()
            ? operation
                .With(delivery with
                {
                    State = DeliveryState.Delivered,
                    OrderId = postback.OrderId ?? delivery.OrderId,
                    NextTryAt = null,
                    Error = null,
                    MayHaveArrived = false,
                })
                .WithEvent(now, EventNames.Delivered, delivery, Postback.Proof)
            : null;
}
