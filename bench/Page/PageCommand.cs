using System.ComponentModel;
using System.Globalization;
using Microsoft.Playwright;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.Depth;
using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;
using UonOfferum.Tests.Browser;

namespace UonOfferum.Bench.Page;

/// <summary>The command <c>page</c>: the size of the console and how fast it shows a long journal, in a real browser.</summary>
[Description("The console in a real browser: bytes over the wire, time to the first rows of a long journal on a slow processor, long tasks, memory after an hour live.")]
internal sealed class PageCommand : AsyncCommand<PageCommand.Settings>
{
    private const int Loads = 7;
    private const int MostBytes = 120 * 1024;

    private static readonly TimeSpan MostBeyondApi = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--operations <n>")]
        [Description("Operations in the journal.")]
        [DefaultValue(100_000)]
        public int Operations { get; init; }

        [CommandOption("--minutes <n>")]
        [Description("Minutes of the live page, by the page's own clock.")]
        [DefaultValue(60)]
        public int Minutes { get; init; }

        [CommandOption("--throttle <n>")]
        [Description("Slowdown factor against this processor.")]
        [DefaultValue(4)]
        public int Throttle { get; init; }

        public override ValidationResult Validate() => Options.AtLeast(("--operations", Operations, 20), ("--minutes", Minutes, 1), ("--throttle", Throttle, 1));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var report = new Report("page", string.Create(CultureInfo.InvariantCulture, $"The console with {settings.Operations:N0} operations, the processor slowed down {settings.Throttle} times."));
        await using var storage = await BenchStorage.StartAsync(cancellationToken);
        await using var bed = await TestBed.StartAsync(storage.NewAccount(), cancellationToken);
        await using var host = await bed.StartHostAsync(cancellationToken, HostSettings.Measured);
        using var webhooks = new WebhookClient(host.BaseAddress);
        using var api = new PipelineApi(host.BaseAddress);
        bed.Uon.Leads.Put(UonRecord.Lead(1));
        await webhooks.SendAsync(1, cancellationToken);
        await api.WaitForAsync("main/lead/1", "Delivered", Patience, cancellationToken);
        await JournalSeed.AddAsync(bed.Storage, await JournalSeed.TemplateAsync(bed.Storage, cancellationToken), 0, settings.Operations, cancellationToken);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(await BrowserLaunch.OptionsAsync());
        await LoadsAsync(report, browser, host.BaseAddress, settings.Throttle);
        await LiveAsync(report, browser, host.BaseAddress, settings.Minutes, async lead =>
        {
            bed.Uon.Leads.Put(UonRecord.Lead(lead));
            await webhooks.SendAsync(lead, cancellationToken);
        });
        return await report.WriteAsync(Console.Out);
    }

    private static async Task LoadsAsync(Report report, IBrowser browser, Uri address, int throttle)
    {
        var loads = new List<PageLoad>();
        for (var i = 0; i <= Loads; i++)
        {
            await using var visit = await ConsoleVisit.StartAsync(browser, address, throttle);
            var load = await visit.LoadAsync();
            // The first one warms the app up.
            if (i > 0)
            {
                loads.Add(load);
            }
        }

        var weight = report.Table("Bytes over the wire, first load, as the server compressed them", "", "requests", "KiB");
        foreach (var kind in loads[0].Bytes.Keys.Order(StringComparer.Ordinal))
        {
            weight.Add(kind, Show.Whole(loads[0].Requests[kind]), Kib(loads[0].Bytes[kind]));
        }

        var page = loads[0].Bytes.Where(b => b.Key != PageLoad.Api).Sum(b => b.Value);
        var times = report.Table("Time to the first rows", "", "median", "slowest");
        Add(times, "from the navigation to the first row", loads.Select(l => l.FirstRow));
        Add(times, "of it, the list's own request", loads.Select(l => l.ApiTime));
        Add(times, "beyond the API's time", loads.Select(l => l.FirstRow - l.ApiTime));
        Add(times, "longest task that blocked the page", loads.Select(l => l.LongestTask));
        times.Add("tasks over 50 ms, a load", Show.Number(loads.Average(l => l.LongTasks)), Show.Whole(loads.Max(l => l.LongTasks)));
        var beyond = new Samples(loads.Select(l => l.FirstRow - l.ApiTime)).At(0.5);
        report.Goal("the page at most 120 KiB compressed", page <= MostBytes, Kib(page) + " KiB");
        report.Goal("rows at most 1 s beyond the API's time", beyond <= MostBeyondApi, Show.Ms(beyond, "0"));
    }

    private static async Task LiveAsync(Report report, IBrowser browser, Uri address, int minutes, Func<long, Task> leadComes)
    {
        await using var visit = await ConsoleVisit.StartAsync(browser, address, throttle: 1);
        var table = report.Table("The list, live: a lead every ten seconds, the page's clock runs faster", "minutes", "heap", "nodes", "listeners");
        var samples = await visit.LiveAsync(minutes, leadComes);
        foreach (var sample in samples)
        {
            table.Add(Show.Whole(sample.Minute), Show.Number(sample.Heap / 1024d / 1024, "0.00") + " MiB", Show.Whole(sample.Nodes), Show.Whole(sample.Listeners));
        }

        // The first minutes fill the first page of the list.
        var (first, last) = (samples[samples.Count / 4], samples[^1]);
        report.Goal("an hour live adds at most a tenth to the heap", last.Heap <= first.Heap * 1.1, $"{Show.Ratio((double)last.Heap / first.Heap)} of the value at a quarter");
    }

    private static void Add(ResultTable table, string name, IEnumerable<TimeSpan> times)
    {
        var all = times.ToList();
        table.Add(name, Show.Ms(new Samples(all).At(0.5), "0"), Show.Ms(all.Max(), "0"));
    }

    private static string Kib(long bytes) => Show.Number(bytes / 1024d);
}
