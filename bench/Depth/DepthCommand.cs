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
        [Description("Up to 20,000 messages, 200,000 operations and 200 pipelines (an hour); otherwise 1,000, 5,000 and 50.")]
        public bool Full { get; init; }
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var full = settings.Full;
        var report = new Report("depth", "How the cost of a lead grows with what waits, with what was sent, and with the pipelines.");
        await MessageDepth.MeasureAsync(report, full ? [100, 1_000, 5_000, 20_000] : [100, 1_000], cancellationToken);
        await JournalDepth.MeasureAsync(report, full ? [1_000, 10_000, 50_000, 200_000] : [1_000, 5_000], cancellationToken);
        await PipelineDepth.MeasureAsync(report, full ? [1, 10, 50, 200] : [1, 10, 50], cancellationToken);
        return await report.WriteAsync(Console.Out);
    }
}
