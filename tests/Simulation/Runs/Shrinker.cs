namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>
/// Shortens a failing seed's history: leaves out actions and faults, in ever smaller groups, while the run still fails.
/// The rest is needed to reproduce the failure.
/// </summary>
public static class Shrinker
{
    private const int MaxRuns = 400;

    /// <returns>The shortest run found, with its history.</returns>
    public static RunResult Shrink(ulong seed, RunOptions options)
    {
        var runs = 0;
        var result = SeedRun.Run(seed, options with { KeepsHistory = true });
        if (result.Violations.Count == 0)
        {
            return result;
        }

        HashSet<int> actions = [], faults = [];
        bool shorter;
        do
        {
            shorter = Reduce(actions, result.Actions) | Reduce(faults, result.Faults);
        }
        while (shorter && runs < MaxRuns);
        return result;

        bool Reduce(HashSet<int> leftOut, int count)
        {
            var found = false;
            for (var size = Math.Max(1, count / 2); size >= 1 && runs < MaxRuns; size = size == 1 ? 0 : size / 2)
            {
                for (var from = 0; from < count && runs < MaxRuns; from += size)
                {
                    var more = Enumerable.Range(from, size).Where(n => !leftOut.Contains(n)).ToList();
                    if (more.Count == 0)
                    {
                        continue;
                    }

                    leftOut.UnionWith(more);
                    runs++;
                    var tried = SeedRun.Run(seed, options with { KeepsHistory = true, ActionsLeftOut = actions, FaultsLeftOut = faults });
                    if (tried.Violations.Count > 0 && tried.Steps < result.Steps)
                    {
                        (result, found) = (tried, true);
                    }
                    else
                    {
                        leftOut.ExceptWith(more);
                    }
                }
            }

            return found;
        }
    }
}
