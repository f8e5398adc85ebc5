using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>
/// A record is sold to an account once, whichever pipeline sends it, and a person once where the settings require it; a delivery skipped because of another
/// operation is sent when that one is rejected. An operator may sell again, or discard: operations that an operator touched are excused.
/// </summary>
internal static class Once
{
    private static readonly string[] Skips = ["same-record", "same-person"];

    private static readonly string[] Refusals = ["Rejected", "Failed", "Discarded"];

    public static IEnumerable<string> Wrong(World world, Actors actors, IReadOnlyList<OperationRow> operations)
    {
        var orders =
            (from operation in operations
             from delivery in operation.Deliveries
             let chosen = world.Scenario.Find(operation.Pipeline, delivery.Destination)
             where chosen is not null
             select new Order(operation, delivery, chosen, actors.PhoneOf(operation.RecordId), Orders.IsActedOn(actors, operation.Id, delivery.Destination))).ToList();
        foreach (var order in orders.Where(o => !o.IsActedOn))
        {
            var peers = orders.FindAll(other => other != order && (order.IsSamePerson(other) || order.IsSameRecord(other)));
            // While only a destination is gone from a pipeline's settings, the others sell its records without looking for it.
            var compared = world.EverGone.All(gone => gone.Destination is null) ? peers : peers.FindAll(order.IsSamePerson);
            foreach (var twice in compared.Where(other => !other.IsActedOn && IsSold(world, order) && IsSold(world, other) && string.CompareOrdinal(order.Operation.Id, other.Operation.Id) < 0))
            {
                yield return $"{order.Operation.Id} and {twice.Operation.Id} were both sold to {order.Account}.";
            }

            if (Skips.Contains(order.Delivery.Error) && peers.Count > 0 && peers.TrueForAll(other => !other.IsActedOn && ((Refusals.Contains(other.Delivery.State) && !other.Delivery.MayHaveArrived) || Skips.Contains(other.Delivery.Error))))
            {
                yield return $"{order.Operation.Id} to {order.Delivery.Destination} is Skipped ({order.Delivery.Error}), and no other sold what it covers.";
            }
        }
    }

    /// <summary>A missing answer leaves the result unknown.</summary>
    private static bool IsSold(World world, Order order) =>
        world.Outside.ShopOf(order.Operation.Pipeline, order.Delivery.Destination)?.Arrivals.FindAll(a => a.Operation == order.Operation.Id) is { Count: > 0 } arrivals
        && arrivals.TrueForAll(a => a.IsTaken && a.IsAnsweredClearly);

    private sealed record Order(OperationRow Operation, DeliveryRow Delivery, ChosenDestination Chosen, string? Phone, bool IsActedOn)
    {
        /// <summary>The account if no setting names it: Offerum's flow and the bots' chats, which all pipelines share here; elsewhere each pipeline has its own account.</summary>
        public string Account => Delivery.Destination is "offerum" or "telegram" or "max" ? Delivery.Destination : $"{Delivery.Destination} of {Operation.Pipeline}";

        public bool IsSameRecord(Order other) => Account == other.Account && Record == other.Record;

        public bool IsSamePerson(Order other) => Account == other.Account && Chosen.OncePerPerson && other.Chosen.OncePerPerson && Phone is not null && Phone == other.Phone;

        private string Record => Operation.Id[(Operation.Pipeline.Length + 1)..];
    }
}
