using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>Events other than leads: outages of storage and of outside systems, wrong keys, restarts.</summary>
internal static class Disturbances
{
    public static void Plan(Actors actors, World world, Choices choices)
    {
        var length = world.Scenario.Length;
        if (world.Scenario.Faults.Servers > 0 && choices.OneIn(3))
        {
            var until = choices.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));
            actors.At(choices.Between(TimeSpan.Zero, length), "U-ON is down", () => world.Outside.Cabinet.DownUntil = world.Clock.Now + until);
        }

        if (choices.OneIn(6))
        {
            var until = choices.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));
            actors.At(choices.Between(TimeSpan.Zero, length), "U-ON refuses the key", () => world.Outside.Cabinet.KeyIsWrongUntil = world.Clock.Now + until);
        }

        foreach (var shop in world.Outside.Shops)
        {
            var until = choices.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(60));
            switch (choices.Below(6))
            {
                case 0:
                    var down = choices.Between(TimeSpan.Zero, length);
                    actors.At(down, $"{shop.Destination} of {shop.Pipeline} is down", () => shop.DownUntil = world.Clock.Now + until);
                    if (choices.OneIn(2))
                    {
                        // While orders of unknown outcome wait to be sent again.
                        SwapPolicies(actors, world, choices, down + choices.Between(TimeSpan.Zero, until));
                    }

                    break;
                case 1:
                    actors.At(choices.Between(TimeSpan.Zero, length), $"{shop.Destination} of {shop.Pipeline} refuses the key", () => shop.KeyIsWrongUntil = world.Clock.Now + until);
                    break;
            }
        }

        if (choices.OneIn(6))
        {
            var (service, until) = (choices.Of("table", "queue"), choices.Between(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(4)));
            actors.At(choices.Between(TimeSpan.Zero, length), $"the {service} service is down", () => world.StorageDownUntil[service] = world.Clock.Now + until);
        }

        // A pipeline that writes back is not removed: without its first destination, the outcome of another sale would be written.
        foreach (var pipeline in world.Scenario.Pipelines.Where(p => !p.WritesBack))
        {
            if (choices.OneIn(6))
            {
                var gone = new Gone(pipeline.Name, pipeline.Destinations.Count > 1 && choices.OneIn(2) ? choices.Of(pipeline.Destinations).Name : null);
                var at = choices.Between(TimeSpan.Zero, length);
                actors.At(at, $"a deployment loses {gone}", () =>
                {
                    world.Gone.Add(gone);
                    world.EverGone.Add(gone);
                    Restart(world, choices);
                });
                actors.At(at + choices.Between(TimeSpan.Zero, length), $"a deployment has {gone} again", () =>
                {
                    world.Gone.Remove(gone);
                    Restart(world, choices);
                });
            }
        }

        for (var restarts = choices.Of(0, 0, 1, 2); restarts > 0; restarts--)
        {
            actors.At(choices.Between(TimeSpan.Zero, length), "an instance is killed", () => Restart(world, choices));
        }

        if (choices.OneIn(6))
        {
            SwapPolicies(actors, world, choices, choices.Between(TimeSpan.Zero, length));
        }

        // What an account got while it had one pipeline is in that pipeline's journal only.
        if (world.Scenario.Pipelines is [_, var second] && choices.OneIn(2))
        {
            var missing = new Gone(second.Name, null);
            world.Gone.Add(missing);
            actors.At(choices.Between(TimeSpan.Zero, length), $"a deployment adds {second.Name}", () =>
            {
                world.Gone.RemoveAll(gone => gone == missing);
                RestartAll(world);
            });
        }
    }

    /// <summary>An instance that does not know a new pipeline would not look for its orders, so none may be left.</summary>
    private static void RestartAll(World world)
    {
        foreach (var instance in world.Alive)
        {
            world.Kill(instance, "by the deployment");
            world.StartInstance();
        }
    }

    private static void SwapPolicies(Actors actors, World world, Choices choices, TimeSpan at) => actors.At(at, "a deployment swaps hold and resend", () =>
    {
        world.PoliciesAreSwapped = !world.PoliciesAreSwapped;
        Restart(world, choices);
    });

    private static void Restart(World world, Choices choices)
    {
        if (world.Alive is { Count: > 0 } alive)
        {
            world.Kill(choices.Of(alive), "by the platform");
            world.Clock.After(choices.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), world.StartInstance);
        }
    }
}
