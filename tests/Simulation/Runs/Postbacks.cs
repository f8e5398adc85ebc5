using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.Tests.Simulation.Outside;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>What Offerum says later of the orders it took: at once, late, twice, or with another order's id.</summary>
internal static class Postbacks
{
    private const int MaxRepeats = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static void Plan(Actors actors, World world, Choices choices)
    {
        foreach (var shop in world.Outside.Shops.Where(s => s.Destination == "offerum"))
        {
            shop.Arrived = arrival =>
            {
                if (!arrival.IsTaken || !choices.OneIn(3))
                {
                    return;
                }

                for (var times = choices.Of(1, 1, 2); times > 0; times--)
                {
                    // At once: while the answer to the order is still on its way.
                    var delay = choices.Between(TimeSpan.Zero, choices.Of(TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1)));
                    var status = choices.Of("waiting", "approved", "approved", "declined");
                    var order = choices.OneIn(8) ? "999" + arrival.OrderId : arrival.OrderId;
                    world.Clock.After(delay, () => Send(actors, world, arrival, status, order, repeats: 0));
                }
            };
        }
    }

    private static void Send(Actors actors, World world, Arrival arrival, string status, string? order, int repeats)
    {
        var parts = arrival.Operation.Split('/');
        var route = new Dictionary<string, string>(StringComparer.Ordinal) { ["pipeline"] = parts[0], ["secret"] = Scenario.PostbackSecret };
        var query = $"?subid1={parts[1]}-{parts[2]}&status={status}&lead_id={order}&summ_approved=450&currency=RUB";
        world.Log($"the network says {status} of order {order} ({arrival.Operation})");
        actors.Ask("ReceivePostback", route, request => (request.Method, request.QueryString) = ("GET", new QueryString(query)), action: null, (code, _) =>
        {
            world.Log(string.Create(CultureInfo.InvariantCulture, $"postback of {arrival.Operation} is answered {code}"));
            if (code == 200 && order == arrival.OrderId)
            {
                actors.Proved.Add(arrival.Operation);
            }
            else if (code != 200 && repeats < MaxRepeats)
            {
                world.Clock.After(Pause, () => Send(actors, world, arrival, status, order, repeats + 1));
            }
        });
    }
}
