using UonOfferum.Simulators;

namespace UonOfferum.Testing.Chaos;

/// <summary>One destination of a chaos run, as it sees itself.</summary>
/// <param name="Destination">Its name in the operation: <c>offerum</c>.</param>
/// <param name="Sold">How many orders it has of each lead, by subid.</param>
/// <param name="Posts">How many requests came for each lead, by subid.</param>
internal sealed record ChaosShop(string Destination, Func<IReadOnlyDictionary<string, int>> Sold, Func<IReadOnlyDictionary<string, int>> Posts)
{
    public static ChaosShop Of(OfferumSimulator offerum) => new(
        "offerum",
        offerum.AcceptedBySubId,
        () => offerum.Orders.CountBy(order => order.SubId ?? "", StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));

    /// <summary>A service that takes every order.</summary>
    /// <param name="destination">Its name.</param>
    /// <param name="sink">The service.</param>
    /// <param name="subId">The subid that a request says; null: it is no order.</param>
    public static ChaosShop Of(string destination, CallSink sink, Func<SunkCall, string?> subId)
    {
        return new ChaosShop(destination, Count, Count);

        IReadOnlyDictionary<string, int> Count() => sink.Calls.Select(subId).OfType<string>().CountBy(id => id, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }
}
