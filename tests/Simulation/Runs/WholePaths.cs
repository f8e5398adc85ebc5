using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>Bytes allocated for one lead, in the app and its libraries, by stage. The same on every machine.</summary>
/// <param name="Webhook">From the request to the answer: the message is on the queue.</param>
/// <param name="Enrichment">From the message to the row and the next message.</param>
/// <param name="Delivery">From the message over claim, order and result to its end.</param>
public sealed record WholePaths(long Webhook, long Enrichment, long Delivery)
{
    private const int WarmUp = 40;
    private const int Leads = 20;

    /// <summary>Runs the real services on simulated storage: one instance, one pipeline to Offerum, and nothing goes wrong.</summary>
    public static WholePaths Measure()
    {
        var scenario = new Scenario(1, [new ChosenPipeline("main", [new ChosenDestination("offerum", Resends: false, OncePerPerson: false)], WritesBack: false)], 0, TimeSpan.FromHours(1), FaultProfile.None);
        var world = new World(seed: 1, new RunOptions { Scenario = scenario }) { DeliversMessages = false };
        world.StartInstance();
        var least = new WholePaths(long.MaxValue, long.MaxValue, long.MaxValue);
        for (var lead = 1; lead <= WarmUp + Leads; lead++)
        {
            world.Outside.Cabinet.Put(UonRecord.Lead(lead, world.Clock.Now));
            var paths = new WholePaths(Bytes(world, () => Send(world, lead)), Bytes(world, () => DeliverNext(world)), Bytes(world, () => DeliverNext(world)));
            if (lead > WarmUp)
            {
                // Occasional allocations by a cache or the compiler do not belong to the path.
                least = new WholePaths(Math.Min(least.Webhook, paths.Webhook), Math.Min(least.Enrichment, paths.Enrichment), Math.Min(least.Delivery, paths.Delivery));
            }
        }

        foreach (var instance in world.Alive)
        {
            instance.Kill();
        }

        return least;
    }

    private static long Bytes(World world, Action start)
    {
        var before = world.Loop.Allocated;
        start();
        while (world.Step())
        {
            // Until everything waits.
        }

        return world.Loop.Allocated - before;
    }

    private static void Send(World world, int lead)
    {
        var route = new Dictionary<string, string>(StringComparer.Ordinal) { ["pipeline"] = "main", ["secret"] = Scenario.WebhookSecret };
        var query = string.Create(CultureInfo.InvariantCulture, $"?r_id={lead}&type_id=1");
        world.Platform.Request(world.Alive[0], "ReceiveWebhook", route, request => (request.Method, request.QueryString) = ("GET", new QueryString(query)), action: null, (status, body) =>
        {
            if (status != 200)
            {
                throw new InvalidOperationException($"The webhook was answered {status}: {body}");
            }
        });
    }

    private static void DeliverNext(World world)
    {
        var (queue, message) = world.Platform.Deliverable().Single();
        world.Platform.Deliver(world.Alive[0], queue, message);
    }
}
