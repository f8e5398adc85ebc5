using System.ComponentModel;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;
using UonOfferum.Testing.Cpu;
using WholePaths = UonOfferum.Tests.Simulation.Runs.WholePaths;

namespace UonOfferum.Bench.Cpu;

/// <summary>The command <c>cpu</c>: time and allocations of the pure parts, allocations of the whole paths.</summary>
[Description("Time (BenchmarkDotNet, a short job in this process) and allocations of the pure parts.")]
internal sealed class CpuCommand : AsyncCommand<CpuCommand.Settings>
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--update")]
        [Description("Saves the measured allocations as the baseline of the unit tests.")]
        public bool Update { get; init; }
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var allocated = PureParts.All.ToDictionary(part => part.Name, Allocations.Of, StringComparer.Ordinal);
        if (settings.Update)
        {
            await File.WriteAllTextAsync(Path.Combine("bench", "baseline.json"), JsonSerializer.Serialize(allocated, Json) + "\n", cancellationToken);
            return 0;
        }

        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddLogger(NullLogger.Instance)
            .AddColumnProvider(DefaultConfig.Instance.GetColumnProviders().ToArray());
        var summary = BenchmarkRunner.Run<PurePartBenchmarks>(config);
        var report = new Report("cpu", "The pure parts of a lead's way. Times are noise between machines, allocations are not.");
        var table = report.Table("Per call", "Part", "mean", "allocated");
        foreach (var (name, bytes) in allocated)
        {
            var result = summary.Reports.First(r => r.BenchmarkCase.Parameters["Part"].ToString() == name).ResultStatistics;
            table.Add(name, result is null ? "" : $"{Show.Number(result.Mean / 1000, "0.00")} µs", $"{Show.Whole(bytes)} B");
        }

        var paths = WholePaths.Measure();
        var whole = report.Table("Whole paths: the app and the libraries below it, on storage in memory", "Path", "allocated");
        whole.Add("webhook to its answer", $"{Show.Whole(paths.Webhook)} B");
        whole.Add("message to enriched row and next message", $"{Show.Whole(paths.Enrichment)} B");
        whole.Add("message over claim and order to the result", $"{Show.Whole(paths.Delivery)} B");
        return await report.WriteAsync(Console.Out);
    }
}

/// <summary>All parts as one benchmark with a parameter.</summary>
public class PurePartBenchmarks
{
    public static IReadOnlyList<PurePart> Parts => PureParts.All;

    [ParamsSource(nameof(Parts))]
    public PurePart Part { get; set; } = null!;

    [Benchmark]
    public object? Run() => Part.Run();
}
