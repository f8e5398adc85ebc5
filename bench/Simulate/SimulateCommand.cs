using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Bench.Simulate;

/// <summary>Runs the simulation of <c>tests/Simulation</c> with as many seeds as one likes.</summary>
[Description("The real services in simulated worlds: each seed is a history of kills, faults, late and repeated messages, judged at its end.")]
internal sealed class SimulateCommand : AsyncCommand<SimulateCommand.Settings>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--seeds <n>")]
        [Description("How many; without it 2000, with --mutations 20000.")]
        public int? Seeds { get; init; }

        [CommandOption("--seed <n>")]
        [Description("The first seed.")]
        [DefaultValue(1L)]
        public long Seed { get; init; }

        [CommandOption("--minutes <n>")]
        [Description("Stops after so many minutes, however many seeds are left.")]
        public int? Minutes { get; init; }

        [CommandOption("--threads <n>")]
        [Description("How many run at a time; without it as many as there are processors.")]
        public int? Threads { get; init; }

        [CommandOption("--story")]
        [Description("Prints the history of --seed, whatever came of it.")]
        public bool Story { get; init; }

        [CommandOption("--twice")]
        [Description("Runs them all twice and compares the digests.")]
        public bool Twice { get; init; }

        [CommandOption("--mutations")]
        [Description("Plants deliberate bugs, one at a time, in a copy of the sources; each has to be found within --seeds.")]
        public bool Mutations { get; init; }

        [CommandOption("--only <text>")]
        [Description("With --mutations: only those whose name contains this.")]
        public string? Only { get; init; }

        public override ValidationResult Validate() => Options.All(
            Options.AtLeast(("--seeds", Seeds, 1), ("--threads", Threads, 1), ("--minutes", Minutes, 1)),
            Twice && Minutes is not null ? ValidationResult.Error("--twice compares two whole runs; it does not go with --minutes.") : ValidationResult.Success(),
            Seed >= 0 ? ValidationResult.Success() : ValidationResult.Error($"--seed is a whole number from 0 on, not {Seed}."));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (settings.Mutations)
        {
            return await Mutations.RunAsync(settings.Seeds ?? 20_000, settings.Only, cancellationToken);
        }

        var (first, count) = ((ulong)settings.Seed, settings.Seeds ?? 2_000);
        if (settings.Story)
        {
            Console.WriteLine(Report.Story(SeedRun.Run(first, new RunOptions { KeepsHistory = true })));
            return 0;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(settings.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : Timeout.InfiniteTimeSpan);
        var batch = Run(first, count, settings.Threads, over.Token);
        Console.WriteLine(Report.Of(batch));
        if (settings.Twice)
        {
            var again = Run(first, count, settings.Threads, cancellationToken);
            Console.WriteLine(again.Digest == batch.Digest ? "The second run did the same." : string.Create(CultureInfo.InvariantCulture, $"The second run differs: digest {again.Digest:x16}."));
            return again.Digest == batch.Digest && batch.Failures.Count == 0 ? 0 : 1;
        }

        return batch.Failures.Count == 0 ? 0 : 1;
    }

    private static BatchResult Run(ulong first, int count, int? threads, CancellationToken cancellationToken)
    {
        var (time, next) = (TimeProvider.System, BetweenLines);
        var started = time.GetTimestamp();
        return Batch.Run(first, count, new RunOptions(), stopAfter: 20, threads, ran =>
        {
            if (time.GetElapsedTime(started) is var elapsed && elapsed > next)
            {
                next = elapsed + BetweenLines;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ran:N0} of {count:N0} seeds after {elapsed:hh\\:mm\\:ss}"));
            }
        }, cancellationToken);
    }
}
