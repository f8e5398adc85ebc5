namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>The result of many seeds.</summary>
/// <param name="Seeds">How many ran.</param>
/// <param name="Digest">Digest of all their histories, independent of the order in which they ended.</param>
/// <param name="Steps">Lines of their histories.</param>
/// <param name="Faults">Faults that were injected.</param>
/// <param name="Failures">Those with violations, by seed.</param>
/// <param name="Cpu">Processor time of this process during the run.</param>
public sealed record BatchResult(int Seeds, ulong Digest, long Steps, long Faults, IReadOnlyList<RunResult> Failures, TimeSpan Cpu);

/// <summary>Runs many seeds, each on one thread, as many at a time as there are processors.</summary>
public static class Batch
{
    public static BatchResult Run(ulong first, int count, RunOptions options, int stopAfter = int.MaxValue, int? threads = null, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var (next, ran, steps, faults, digest) = (0, 0, 0L, 0L, 0UL);
        var failures = new List<RunResult>();
        var cpu = Environment.CpuUsage.TotalTime;
        var sync = new Lock();
        var workers = Enumerable.Range(0, threads ?? Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        return new BatchResult(ran, digest, steps, faults, [.. failures.OrderBy(f => f.Seed)], Environment.CpuUsage.TotalTime - cpu);

        void Work()
        {
            while (true)
            {
                int index;
                lock (sync)
                {
                    if (next == count || failures.Count >= stopAfter || cancellationToken.IsCancellationRequested)
                    {
                        return;
                    }

                    index = next++;
                }

                var result = SeedRun.Run(first + (ulong)index, options);
                lock (sync)
                {
                    ran++;
                    (steps, faults) = (steps + result.Steps, faults + result.Faults);
                    // A sum, so that the order in which seeds end does not matter.
                    digest += result.Digest * ((2 * result.Seed) + 1);
                    if (result.Violations.Count > 0)
                    {
                        failures.Add(result);
                    }

                    progress?.Invoke(ran);
                }
            }
        }
    }
}
