using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.Tests.Simulation.Judging;
using UonOfferum.Tests.Simulation.Outside;
using UonOfferum.Tests.Simulation.Scheduling;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>
/// What Offerum says later of the orders it took: at once, while their result is being written, late, twice, or with another order's id. Somebody else who
/// knows the address says it of orders that were not sent yet.
/// </summary>
internal sealed class Postbacks(Actors actors, World world, Choices choices)
{
    private const int MaxRepeats = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public void Plan()
    {
        foreach (var shop in world.Outside.Shops.Where(s => s.Destination == "offerum"))
        {
            shop.Arrived = Arrived;
            for (var times = choices.Of(0, 0, 0, 1, 2); times > 0; times--)
            {
                var subject = $"{shop.Pipeline}/{choices.Of("lead", "lead", "request")}/{choices.Between(1, world.Scenario.Records).ToString(CultureInfo.InvariantCulture)}";
                actors.At(choices.Between(TimeSpan.Zero, world.Scenario.Length * 0.7), $"a postback of {subject}, whatever became of it", () => Foretell(shop, subject));
            }
        }

        world.Asked = Asked;
    }

    private void Arrived(Arrival arrival)
    {
        if (!arrival.IsTaken || !choices.OneIn(3))
        {
            return;
        }

        for (var times = choices.Of(1, 1, 2); times > 0; times--)
        {
            // At once: while the answer to the order is still on its way.
            var delay = choices.Between(TimeSpan.Zero, choices.Of(TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1)));
            var order = choices.OneIn(8) ? "999" + arrival.OrderId : arrival.OrderId;
            Later(delay, arrival.Operation, order, isTrue: order == arrival.OrderId);
        }
    }

    /// <summary>The claim or the result of an order is on its way to storage: a postback that comes now races with it.</summary>
    private void Asked(Call call)
    {
        if (call is not StorageCall storage || storage.Changes.FirstOrDefault(c => c.Key.StartsWith("d|", StringComparison.Ordinal) && c.Key.EndsWith("|offerum", StringComparison.Ordinal)) is not { } claim || !choices.OneIn(8))
        {
            return;
        }

        var operation = $"{claim.Partition.Replace('|', '/')}/{Rows.IdOf(claim.Key.Split('|')[1]).ToString(CultureInfo.InvariantCulture)}";
        var shop = world.Outside.ShopOf(operation.Split('/')[0], "offerum")!;
        if (shop.Arrivals.FindLast(a => a.Operation == operation && a.IsTaken) is { } taken)
        {
            Later(TimeSpan.Zero, operation, taken.OrderId, isTrue: true);
        }
        else
        {
            Foretell(shop, operation);
        }
    }

    /// <summary>Nobody can tell this from a true one, except that no order was sent yet.</summary>
    private void Foretell(Shop shop, string operation)
    {
        if (!shop.Arrivals.Exists(a => a.Operation == operation))
        {
            actors.Foretold.Add(operation);
            Later(TimeSpan.Zero, operation, choices.OneIn(2) ? null : "888" + operation.Split('/')[2] + operation.Split('/')[1].Length.ToString(CultureInfo.InvariantCulture), isTrue: false);
        }
    }

    private void Later(TimeSpan delay, string operation, string? order, bool isTrue)
    {
        var status = choices.Of("waiting", "approved", "approved", "declined");
        world.Clock.After(delay, () => Send(operation, status, order, isTrue, repeats: 0));
    }

    private void Send(string operation, string status, string? order, bool isTrue, int repeats)
    {
        var parts = operation.Split('/');
        var route = new Dictionary<string, string>(StringComparer.Ordinal) { ["pipeline"] = parts[0], ["secret"] = Scenario.PostbackSecret };
        var query = $"?subid1={parts[1]}-{parts[2]}&status={status}&lead_id={order}&summ_approved=450&currency=RUB";
        world.Log($"the network says {status} of order {order} ({operation})");
        var told = new ToldPostback(operation, $"{parts[1]}-{parts[2]}", order, status);
        actors.Told.Add(told);
        actors.Ask("ReceivePostback", route, request => (request.Method, request.QueryString) = ("GET", new QueryString(query)), action: null, (code, body) =>
        {
            world.Log(string.Create(CultureInfo.InvariantCulture, $"postback of {operation} is answered {code}"));
            told.Answer = code == 200 ? body : null;
            if (code == 200 && isTrue)
            {
                actors.Proved.Add(operation);
            }
            else if (code != 200 && repeats < MaxRepeats)
            {
                world.Clock.After(Pause, () => Send(operation, status, order, isTrue, repeats + 1));
            }
        });
    }
}

/// <summary>A postback that was sent, and what the app answered.</summary>
/// <param name="Operation">The operation that it means.</param>
/// <param name="SubId">As the network sends it.</param>
/// <param name="Order">The network's number; null: none.</param>
/// <param name="Status">The network's word.</param>
internal sealed record ToldPostback(string Operation, string SubId, string? Order, string Status)
{
    /// <summary>The body of the answer 200; null: there was none.</summary>
    public string? Answer { get; set; }
}
