using System.ComponentModel;
using Spectre.Console.Cli;
using UonOfferum.LocalHost.Storage;
using UonOfferum.Testing.Faults;

namespace UonOfferum.Bench.Faults;

/// <summary>The command <c>faults</c>.</summary>
[Description(
    "Gives the app every fault of both simulators, once, three times and for ever, and writes what becomes of the lead into the tables of docs/reliability.md. "
    + "Fails where a lead ends otherwise than the rules say.")]
internal sealed class FaultsCommand : AsyncCommand
{
    private const string Page = "docs/reliability.md";

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("faults-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, new AzuriteOptions(EndsWithThisProcess: true), cancellationToken: cancellationToken);
            await using var bed = await TestBed.StartAsync(azurite.ConnectionString, cancellationToken);
            var results = await new FaultMatrix(bed, [.. FaultExpectations.Cells], Console.WriteLine).MeasureAsync(cancellationToken);
            var wrong = results.Where(r => r.Value.ToString() != FaultExpectations.Of(r.Key) || r.Value.Orders > 1).ToList();
            foreach (var (cell, result) in wrong)
            {
                Console.WriteLine($"{cell}: {result}, {result.Orders} orders; expected {FaultExpectations.Of(cell)}, at most 1 order");
            }

            if (File.Exists(Page) && wrong.Count == 0)
            {
                var page = await File.ReadAllTextAsync(Page, cancellationToken);
                await File.WriteAllTextAsync(Page, FaultTable.PutInto(page, FaultTable.Write(results)), cancellationToken);
                Console.WriteLine($"{results.Count} cells are as the rules say; the tables of {Page} are written.");
            }

            return wrong.Count == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
