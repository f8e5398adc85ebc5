using System.Globalization;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Judging;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>Operators' actions: on single operations, with and without a destination, in bulk, and on pipelines.</summary>
internal static class Operators
{
    private static readonly string[] States = ["Failed", "Rejected", "Uncertain", "Unconfirmed", "Held", "Skipped", "Waiting", "Discarded"];

    public static void Plan(Actors actors, World world, Choices choices)
    {
        world.Tables.Changed += (before, after) => actors.Touched.AddRange(Touches.Wrong(world.Arriving?.Action, before, after));
        for (var count = choices.Of(0, 0, 1, 2, 5); count > 0; count--)
        {
            actors.At(choices.Between(TimeSpan.Zero, world.Scenario.Length), "an operator acts", () => Act(actors, world, choices));
        }

        if (choices.OneIn(8))
        {
            var (pipeline, from) = (choices.Of(world.Scenario.Pipelines).Name, choices.Between(TimeSpan.Zero, world.Scenario.Length * 0.8));
            actors.At(from, $"an operator pauses {pipeline}", () => Switch(actors, world, pipeline, "PausePipeline"));
            actors.At(from + choices.Between(TimeSpan.Zero, TimeSpan.FromMinutes(20)), $"an operator resumes {pipeline}", () => Switch(actors, world, pipeline, "ResumePipeline"));
        }

        if (choices.OneIn(8))
        {
            actors.At(choices.Between(TimeSpan.Zero, world.Scenario.Length), "an operator replays in bulk", () => Replay(actors, world, choices));
        }

        if (choices.OneIn(8))
        {
            actors.At(choices.Between(TimeSpan.Zero, world.Scenario.Length), "an operator fetches old records", () => Backfill(actors, world, choices));
        }
    }

    /// <summary>Repeated, because a kill may have left pipelines paused.</summary>
    public static void ResumeAll(Actors actors, World world)
    {
        foreach (var pipeline in world.Scenario.Pipelines)
        {
            Switch(actors, world, pipeline.Name, "ResumePipeline");
        }
    }

    private static void Act(Actors actors, World world, Choices choices)
    {
        var operations = Rows.OfOperations(world).ToList();
        if (operations.Count == 0)
        {
            return;
        }

        var operation = choices.Of(operations);
        var destination = choices.OneIn(2) && operation.Deliveries.Count > 0 ? choices.Of(operation.Deliveries).Destination : null;
        var named = destination is null ? "" : $",\"destination\":\"{destination}\"";
        var (function, name, body) = choices.Below(6) switch
        {
            0 => ("ReplayOperation", "replay-enrich", $"{{\"from\":\"enrich\"{named}}}"),
            1 or 2 => ("ReplayOperation", "replay-send", $"{{\"from\":\"send\"{named}}}"),
            3 => ("EditOperation", "edit", $"{{\"fields\":{{\"client_name\":\"Лидия\"}}{named}}}"),
            4 => ("ResolveOperation", "resolve", $"{{\"as\":\"delivered\",\"note\":\"seen\"{named}}}"),
            _ => ("ResolveOperation", "discard", $"{{\"as\":\"discarded\"{named}}}"),
        };
        actors.Operate(function, operation.Id, body, new NamedAction(name, operation.Id, destination));
    }

    private static void Switch(Actors actors, World world, string pipeline, string function) =>
        actors.Ask(function, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = pipeline }, request => Actors.Json(request, "{}"), action: null, (status, _) =>
            world.Log(string.Create(CultureInfo.InvariantCulture, $"{function} {pipeline}: {status}")));

    /// <summary>It starts no operation that is in the journal, so it excuses nothing.</summary>
    private static void Backfill(Actors actors, World world, Choices choices)
    {
        var pipeline = choices.Of(world.Scenario.Pipelines).Name;
        var today = DateOnly.FromDateTime(world.Clock.Now.UtcDateTime);
        var body = $"{{\"pipeline\":\"{pipeline}\",\"from\":\"{today.AddDays(-90):yyyy-MM-dd}\",\"to\":\"{today.AddDays(1):yyyy-MM-dd}\",\"perMinute\":{choices.Of(1, 60, 600)}}}";
        actors.Ask("StartBackfill", [], request => Actors.Json(request, body), action: null, (status, _) => world.Log(string.Create(CultureInfo.InvariantCulture, $"backfill of {pipeline}: {status}")));
    }

    private static void Replay(Actors actors, World world, Choices choices)
    {
        var pipeline = choices.Of(world.Scenario.Pipelines).Name;
        var (state, from) = (choices.Of(States), choices.Of("enrich", "send"));
        // It starts operations at an operator's request; only the app knows which.
        actors.Actions.Add((world.Clock.Now, new NamedAction("bulk", null, null)));
        actors.Ask("StartReplay", [], request => Actors.Json(request, $"{{\"query\":{{\"pipeline\":\"{pipeline}\",\"state\":\"{state}\"}},\"from\":\"{from}\",\"perMinute\":60}}"), action: null, (status, _) =>
            world.Log(string.Create(CultureInfo.InvariantCulture, $"bulk replay of {state} from {from}: {status}")));
    }
}
