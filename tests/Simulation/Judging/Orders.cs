using UonOfferum.Tests.Simulation.Outside;
using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>Compares what destinations received with the journal and the settings.</summary>
internal static class Orders
{
    /// <summary>The journal must not state anything false.</summary>
    public static IEnumerable<string> Untrue(World world, Actors actors, IReadOnlyList<OperationRow> operations)
    {
        foreach (var operation in operations)
        {
            foreach (var delivery in operation.Deliveries.Where(d => d.Destination != WriteBacks.Destination))
            {
                var arrivals = ArrivalsOf(world, operation.Id, delivery.Destination);
                var taken = arrivals.Any(a => a.IsTaken);
                if (delivery.State == "Delivered" && !taken && !arrivals.Any(a => a.SaysDuplicate) && !IsActedOn(actors, operation.Id, delivery.Destination, "resolve") && !IsForetold(actors, operation, delivery))
                {
                    yield return $"{operation.Id} to {delivery.Destination} says Delivered, and the destination has no order.";
                }

                if (delivery.State == "Failed" && taken)
                {
                    yield return $"{operation.Id} to {delivery.Destination} says Failed ({delivery.Error}), and the destination has the order.";
                }
            }
        }
    }

    /// <summary>Only an operator may send what U-ON shows; by itself the app sends a phone that it has parsed, whatever U-ON shows later.</summary>
    public static IEnumerable<string> Unparsed(World world, Actors actors) =>
        from shop in world.Outside.Shops
        from arrival in shop.Arrivals
        where !arrival.HasParsedPhone && !IsActedOn(actors, arrival.Operation, shop.Destination)
        select $"{arrival.Operation} was sent to {shop.Destination} without a phone in E.164.";

    /// <summary>An accepted postback proves that the order exists, whatever the answer to the order was.</summary>
    public static IEnumerable<string> Unproved(Actors actors, IReadOnlyList<OperationRow> operations) =>
        from operation in operations
        where actors.Proved.Contains(operation.Id)
        from delivery in operation.Deliveries
        where delivery.Destination == "offerum" && delivery.State is not ("Delivered" or "Duplicate")
        select $"{operation.Id} to offerum says {delivery.State}, although a postback proved its order.";

    /// <summary>With hold nothing is sent again; with resend only orders that may have been lost.</summary>
    public static IEnumerable<string> Repeated(World world, Actors actors)
    {
        foreach (var shop in world.Outside.Shops)
        {
            var chosen = world.Scenario.Find(shop.Pipeline, shop.Destination)!;
            foreach (var arrivals in shop.Arrivals.GroupBy(a => a.Operation, StringComparer.Ordinal))
            {
                Arrival? taken = null;
                foreach (var arrival in arrivals)
                {
                    // By the settings of the instance that sent it.
                    var resends = chosen.Resends != (arrival.By?.Instance.PoliciesAreSwapped == true);
                    if (taken is not null && !IsActedOn(actors, arrival.Operation, arrival.Destination) && !(resends && (MayBeLost(taken) || IsLateComer(arrival, taken))))
                    {
                        yield return $"{arrival.Operation} to {arrival.Destination}, {(resends ? "resend" : "hold")}: an order arrived again at {arrival.At:HH:mm:ss} by {arrival.By}, although it had been taken ({taken.Reply}) by {taken.By}.";
                    }

                    if (taken is not null && shop is CrmShop && Unlooked(arrival, taken) is { } how)
                    {
                        yield return $"{arrival.Operation} to {arrival.Destination}: a lead arrived again at {arrival.At:HH:mm:ss} by {arrival.By}, {how}, although one had been taken that was sent by {taken.By}.";
                    }

                    taken = arrival.IsTaken ? arrival : taken;
                }
            }
        }
    }

    /// <summary>A postback that came between the claim and the order cannot be told from a true one.</summary>
    private static bool IsForetold(Actors actors, OperationRow operation, DeliveryRow delivery) =>
        delivery is { Destination: "offerum", Sends: > 0 } && actors.Foretold.Contains(operation.Id) && OperationRow.Cell(operation.Row, "Events").Contains("the postback proves", StringComparison.Ordinal);

    private static List<Arrival> ArrivalsOf(World world, string operation, string destination) =>
        world.Outside.ShopOf(operation.Split('/')[0], destination)?.Arrivals.FindAll(a => a.Operation == operation) ?? [];

    /// <summary>A CRM finds the leads of earlier sends, once its search knows them: nothing is sent again, not even by an operator, before it was asked then; null: it was.</summary>
    private static string? Unlooked(Arrival arrival, Arrival taken) => arrival.By?.Searches.FindLast(s => s.Operation == arrival.Operation && s.At <= arrival.At) switch
    {
        _ when IsLateComer(arrival, taken) => null,
        null => "and nothing searched for it",
        { Found: true } when !arrival.By!.Searches.Exists(s => s.Operation == arrival.Operation && !s.Found) => "and its search had found one",
        { At: var at } when at < taken.SentAt + CrmShop.SearchKnowsWithin => $"and the search came {(at - taken.SentAt).TotalSeconds:0} s after that send",
        _ => null,
    };

    /// <summary>It was sent before the accepted order, whose sender only saw that no answer came.</summary>
    private static bool IsLateComer(Arrival arrival, Arrival taken) => arrival.AnswerIsLost && arrival.By?.Number < taken.By?.Number;

    /// <summary>The sender could not know that the order was accepted: no clear answer, a kill, or faults between the order and the journal.</summary>
    private static bool MayBeLost(Arrival arrival) =>
        arrival.AnswerIsLost || !arrival.IsAnsweredClearly || arrival.By is not { } by || by.Faults > arrival.FaultsBefore || (!by.HasEnded && !by.Instance.IsAlive);

    public static bool IsActedOn(Actors actors, string operation, string destination, string? name = null) =>
        actors.Actions.Exists(a => (name is null || a.Action.Name == name)
            && (a.Action.Operation is null || a.Action.Operation == operation)
            && (a.Action.Destination is null || a.Action.Destination == destination));
}
