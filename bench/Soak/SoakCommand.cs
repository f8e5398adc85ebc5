using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;

namespace UonOfferum.Bench.Soak;

/// <summary>The command <c>soak</c>: a steady load with failures, and an operator at work; memory and handles have to stay flat.</summary>
[Description("Steady load with a destination that fails now and then: memory, handles and threads of the app over time, and how fast the operator's lists and searches are during that load.")]
internal sealed class SoakCommand : AsyncCommand<SoakCommand.Settings>
{
    private const double Growth = 1.1;
    private const int MostRows = 15;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostForAList = TimeSpan.FromMilliseconds(300);

    // One answer of each kind that is retried.
    private static readonly OfferumReplyKind[] Failures = [OfferumReplyKind.ServiceUnavailable, OfferumReplyKind.TooManyRequests, OfferumReplyKind.ServerError];

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--minutes <n>")]
        [Description("Number of minutes.")]
        [DefaultValue(30)]
        public int Minutes { get; init; }

        [CommandOption("--rate <n>")]
        [Description("Leads a second.")]
        [DefaultValue(5)]
        public int Rate { get; init; }

        [CommandOption("--fails <n>")]
        [Description("Percentage of orders that fail at first.")]
        [DefaultValue(5)]
        public int Fails { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--minutes", Minutes, 2), ("--rate", Rate, 1), ("--fails", Fails, 0));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var report = new Report("soak", string.Create(CultureInfo.InvariantCulture, $"{settings.Minutes} minutes, {settings.Rate} leads a second, {settings.Fails} % of the orders fail at first, an operator lists and searches twice a second."));
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        await using var bed = await TestBed.StartAsync(storage.NewAccount(), cancellationToken);
        await using var host = await bed.StartHostAsync(cancellationToken, HostSettings.Measured);
        using var load = new SteadyLoad(bed, host.BaseAddress, settings.Rate, settings.Fails, Failures);
        using var desk = new OperatorDesk(host.BaseAddress);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (sending, reading) = (load.RunAsync(over.Token), desk.RunAsync(() => load.Sent, over.Token));
        var samples = new List<Sample>();
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(settings.Minutes))
        {
            if (await Task.WhenAny(Task.Delay(Step, TimeProvider.System, cancellationToken), sending, reading) is { IsFaulted: true } failed)
            {
                await failed;
            }

            host.Worker.Refresh();
            samples.Add(new Sample(
                TimeProvider.System.GetElapsedTime(began), load.Sent, bed.Offerum.Accepted, host.Worker.WorkingSet64, Handles(host.Worker), host.Worker.Threads.Count, desk.TakeRecent()));
        }

        await over.CancelAsync();
        await sending;
        await reading;
        await bed.Offerum.WaitForAcceptedAsync(load.Sent, cancellationToken).WaitAsync(Patience, cancellationToken);

        var table = report.Table("Over time", "minute", "leads", "sold", "memory", "handles", "threads", "a list or search, p95");
        foreach (var sample in samples.Where((_, n) => (n + 1) % Math.Max(1, samples.Count / MostRows) == 0))
        {
            table.Add(
                Show.Number(sample.At.TotalMinutes), Show.Whole(sample.Leads), Show.Whole(sample.Sold), Show.MiB(sample.Memory), Show.Whole(sample.Handles), Show.Whole(sample.Threads),
                Show.Ms(new Samples(sample.Reads).At(0.95)));
        }

        var (half, reads) = (samples.Count / 2, new Samples(samples.SelectMany(s => s.Reads)));
        var memory = samples.Skip(half).Average(s => s.Memory) / samples.Take(half).Average(s => s.Memory);
        var handles = samples.Skip(half).Average(s => s.Handles) / samples.Take(half).Average(s => s.Handles);
        var twice = bed.Offerum.AcceptedBySubId().Count(order => order.Value > 1);
        report.Goal("memory of the second half at most 1.1× of the first", memory <= Growth, Show.Ratio(memory));
        report.Goal("handles of the second half at most 1.1× of the first", handles <= Growth, Show.Ratio(handles));
        report.Goal("lists and searches at p95 under 300 ms", reads.At(0.95) < MostForAList, $"{Show.Ms(reads.At(0.5))} at p50, {Show.Ms(reads.At(0.95))} at p95, {Show.Ms(reads.At(0.99))} at p99");
        report.Goal("every lead is sold once", twice == 0 && bed.Offerum.Accepted == load.Sent, $"{Show.Whole(load.Sent)} leads, {Show.Whole(bed.Offerum.Accepted)} orders taken, {Show.Whole(load.Failed)} failed at first, {Show.Whole(twice)} twice");
        return await report.WriteAsync(Console.Out, goalsAreExact: true);
    }

    // Process.HandleCount is a Windows number; on Linux it is always 0.
    private static int Handles(Process process) =>
        OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries($"/proc/{Show.Number(process.Id, "0")}/fd").Length : process.HandleCount;

    /// <param name="At">Since the beginning.</param>
    /// <param name="Reads">Times of the lists and searches since the last sample.</param>
    private sealed record Sample(TimeSpan At, int Leads, long Sold, long Memory, int Handles, int Threads, IReadOnlyList<TimeSpan> Reads);
}
