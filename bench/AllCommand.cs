using System.ComponentModel;
using Spectre.Console.Cli;

namespace UonOfferum.Bench;

/// <summary>The command <c>all</c>: every measurement that takes minutes, one after another.</summary>
[Description("costs, ack, flow, start, depth and cpu, each with its defaults (about a quarter of an hour).")]
internal sealed class AllCommand : AsyncCommand
{
    private static readonly string[] Quick = ["costs", "ack", "flow", "start", "depth", "cpu"];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var worst = 0;
        foreach (var command in Quick)
        {
            worst = Math.Max(worst, await BenchApp.RunAsync([command], cancellationToken));
        }

        return worst;
    }
}
