using System.ComponentModel;
using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Flow;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Soak;

/// <summary>The command <c>soak</c>: steady load for minutes; memory and handles have to stay flat.</summary>
[Description("Steady load; memory, handles and threads of the app over time.")]
internal sealed class SoakCommand : AsyncCommand<SoakCommand.Settings>
{
    private const int InFlight = 16;
    private const double Growth = 1.1;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--minutes <n>")]
        [Description("How many minutes.")]
        [DefaultValue(10)]
        public int Minutes { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--minutes", Minutes, 2));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var minutes = settings.Minutes;
        var report = new Report("soak", $"{minutes} minutes of steady load, {InFlight} leads under way, no API latency.");
        var table = report.Table("Over time", "Minute", "leads", "leads/s", "memory", "handles", "threads");
        await using var lanes = await FlowLanes.StartAsync(cancellationToken);
        await lanes.App.RunAsync(500, InFlight, TimeSpan.Zero, cancellationToken);
        var (began, leads, samples) = (TimeProvider.System.GetTimestamp(), 0, new List<(long Memory, int Handles)>());
        while (TimeProvider.System.GetElapsedTime(began) is var elapsed && elapsed < TimeSpan.FromMinutes(minutes))
        {
            var (stepBegan, before) = (TimeProvider.System.GetTimestamp(), leads);
            while (TimeProvider.System.GetElapsedTime(stepBegan) < Step)
            {
                await lanes.App.RunAsync(InFlight * 4, InFlight, TimeSpan.Zero, cancellationToken);
                leads += InFlight * 4;
            }

            var process = lanes.AppProcess.Worker;
            process.Refresh();
            samples.Add((process.WorkingSet64, Handles(process)));
            table.Add(
                Show.Number(TimeProvider.System.GetElapsedTime(began).TotalMinutes), Show.Whole(leads),
                Show.Number((leads - before) / TimeProvider.System.GetElapsedTime(stepBegan).TotalSeconds),
                Show.MiB(samples[^1].Memory), Show.Whole(samples[^1].Handles), Show.Whole(process.Threads.Count));
        }

        var half = samples.Count / 2;
        var memory = samples.Skip(half).Average(s => s.Memory) / samples.Take(half).Average(s => s.Memory);
        var handles = samples.Skip(half).Average(s => s.Handles) / samples.Take(half).Average(s => s.Handles);
        report.Goal("memory of the second half at most 1.1× of the first", memory <= Growth, Show.Ratio(memory));
        report.Goal("handles of the second half at most 1.1× of the first", handles <= Growth, Show.Ratio(handles));
        return await report.WriteAsync(Console.Out, goalsAreExact: true);
    }

    // Process.HandleCount is a Windows number; on Linux it is always 0.
    private static int Handles(Process process) =>
        OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries($"/proc/{Show.Number(process.Id, "0")}/fd").Length : process.HandleCount;
}
