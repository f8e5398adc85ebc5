using System.ComponentModel;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Depth;

/// <summary>The command <c>depth</c>: what a lead costs with a long backlog, a large journal or many pipelines.</summary>
[Description("How cost grows: with waiting messages, with operations in the journal, with pipelines. The floor is measured too, to separate Azurite's share from ours.")]
internal sealed class DepthCommand : AsyncCommand<DepthCommand.Settings>
{
    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--full")]
        [Description("Up to 20,000 messages, 200,000 operations and 200 pipelines (hours; the emulator needs 10 GB).")]
        public bool Full { get; init; }

        [CommandOption("--messages")]
        [Description("Up to so many waiting messages.")]
        [DefaultValue(1_000)]
        public int Messages { get; init; }

        [CommandOption("--operations")]
        [Description("Up to so many operations in the journal.")]
        [DefaultValue(5_000)]
        public int Operations { get; init; }

        [CommandOption("--pipelines")]
        [Description("Up to so many pipelines.")]
        [DefaultValue(50)]
        public int Pipelines { get; init; }
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var report = new Report("depth", "How the cost of a lead grows with what waits, with what was sent, and with the pipelines.");
        // The emulator keeps all in memory, and Node.js ends at 4 GB by default.
        Environment.SetEnvironmentVariable("NODE_OPTIONS", "--max-old-space-size=16384");
        try
        {
            await MessageDepth.MeasureAsync(report, Steps(settings, settings.Messages, 100, 1_000, 5_000, 20_000), cancellationToken);
            await PipelineDepth.MeasureAsync(report, Steps(settings, settings.Pipelines, 1, 10, 50, 200), cancellationToken);
            await JournalDepth.MeasureAsync(report, Steps(settings, settings.Operations, 1_000, 5_000, 10_000, 50_000, 200_000), cancellationToken);
        }
        finally
        {
            // What was measured before a failure took long, too.
            await report.WriteAsync(Console.Out);
        }

        return 0;
    }

    private static int[] Steps(Settings settings, int most, params int[] steps) => settings.Full ? steps : [.. steps.Where(step => step <= most)];
}
