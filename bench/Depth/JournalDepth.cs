using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Bench.Flow;
using UonOfferum.Bench.Measuring;

namespace UonOfferum.Bench.Depth;

/// <summary>A journal with a past: rows of delivered leads are put into the table of the app and into that of its floor.</summary>
internal static class JournalDepth
{
    private const int Rounds = 5;
    private const int Leads = 60;
    private const int InFlight = 24;
    private const int RowsPerOperation = 5;
    private const int OperationsPerBatch = 100 / RowsPerOperation;

    // Far from the numbers of the leads that are measured.
    private const long FirstSeed = 1_000_000_000;

    public static async Task MeasureAsync(Report report, int[] depths, CancellationToken cancellationToken)
    {
        var table = report.Table("Operations in the journal", "Operations", "leads/s", "floor", "ratio", "memory", "CPU a lead", "a page of the list");
        await using var lanes = await FlowLanes.StartAsync(cancellationToken);
        await lanes.WarmAsync(500, InFlight, cancellationToken);
        var template = await TemplateAsync(lanes.AppBed.Storage, cancellationToken);
        using var api = new PipelineApi(lanes.AppProcess.BaseAddress);
        var seeded = 0;
        foreach (var depth in depths)
        {
            foreach (var storage in (string[])[lanes.AppBed.Storage, lanes.FloorBed.Storage])
            {
                await SeedAsync(storage, template, seeded, depth, cancellationToken);
            }

            seeded = depth;
            var (app, _, floor) = await lanes.RunAsync(Rounds, Leads, InFlight, TimeSpan.Zero, cancellationToken);
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 10; i++)
            {
                await api.Http.GetStringAsync("operations?take=50", cancellationToken);
            }

            var page = TimeProvider.System.GetElapsedTime(began) / 10;
            lanes.AppProcess.Worker.Refresh();
            table.Add(
                Show.Whole(depth), Rate(app), Rate(floor), Show.Ratio(Samples.Median(app.Zip(floor, (one, other) => one.PerSecond / other.PerSecond))),
                Show.MiB(lanes.AppProcess.Worker.WorkingSet64), Show.Ms(TimeSpan.FromMilliseconds(Samples.Median(app.Select(r => r.Cpu.TotalMilliseconds))), "0.00"), Show.Ms(page));
        }
    }

    private static string Rate(IEnumerable<FlowRound> rounds) => Show.Number(Samples.Median(rounds.Select(r => r.PerSecond)));

    /// <summary>The rows of one lead that the app delivered, by the letter of their key.</summary>
    private static async Task<Dictionary<char, TableEntity>> TemplateAsync(string storage, CancellationToken cancellationToken)
    {
        var rows = await new TableClient(storage, "journal").QueryAsync<TableEntity>("PartitionKey eq 'main|lead'", cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        return "rdtpo".ToDictionary(letter => letter, letter =>
        {
            var row = new TableEntity(rows.First(r => r.RowKey.StartsWith($"{letter}|", StringComparison.Ordinal)));
            row.Remove("odata.etag");
            row.Remove("Timestamp");
            return row;
        });
    }

    private static async Task SeedAsync(string storage, Dictionary<char, TableEntity> template, int from, int to, CancellationToken cancellationToken)
    {
        var table = new TableClient(storage, "journal");
        for (var first = from; first < to; first += OperationsPerBatch)
        {
            var rows = Enumerable.Range(first, Math.Min(OperationsPerBatch, to - first)).SelectMany(n => Rows(template, FirstSeed + n));
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken);
        }
    }

    private static IEnumerable<TableEntity> Rows(Dictionary<char, TableEntity> template, long id) => template.Select(pair =>
        new TableEntity(pair.Value)
        {
            RowKey = pair.Key switch
            {
                'r' => $"r|{Inverted(id)}",
                'd' => $"d|{Inverted(id)}|offerum",
                't' => string.Create(CultureInfo.InvariantCulture, $"t|{9_000_000_000_000_000_000 - id:D19}|{id:D18}"),
                var letter => string.Create(CultureInfo.InvariantCulture, $"{letter}|{id:x32}|{id:D18}"),
            },
        });

    private static string Inverted(long id) => (999_999_999_999_999_999 - id).ToString("D18", CultureInfo.InvariantCulture);
}
