using UonOfferum.LocalHost.Storage;
using UonOfferum.Testing.Chaos;

namespace UonOfferum.Bench.Chaos;

/// <summary>The command <c>chaos</c>.</summary>
public static class ChaosCommand
{
    public static BenchCommand Definition { get; } = new(
        "chaos",
        """
          Kills LocalHost (SIGKILL) at random moments while leads run through it, and restarts it on the same storage.
          --kills <n>          kills (20)
          --leads <n>          leads (1000)
          --uncertain <what>   what happens to an order of which nobody knows: resend or hold (resend)
          --filter             the network knows a phone again; without it every second order is a second sale
          --seed <n>           of the random moments (1)
          --json <file>        write the result there, too
        """,
        RunAsync);

    private static async Task<int> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        arguments.RefuseUnknown("kills", "leads", "uncertain", "filter", "seed", "json");
        var options = new ChaosOptions(
            arguments.Number("kills", 20),
            arguments.Number("leads", 1000, min: 1),
            arguments.Text("uncertain", "resend") switch
            {
                "resend" => false,
                "hold" => true,
                var other => throw new BenchException($"--uncertain is resend or hold, not '{other}'."),
            },
            arguments.Has("filter"),
            arguments.Number("seed", 1));

        // Azurite stays alive through all kills: what is proven is our part, not the emulator's.
        var folder = Directory.CreateTempSubdirectory("chaos-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, new AzuriteOptions(EndsWithThisProcess: true), cancellationToken: cancellationToken);
            await using var bed = await TestBed.StartAsync(azurite.ConnectionString, cancellationToken);
            var report = await new ChaosRun(options, bed, Console.WriteLine).RunAsync(cancellationToken);
            Console.WriteLine();
            Console.WriteLine(report);
            if (arguments.Text("json") is { Length: > 0 } file)
            {
                await File.WriteAllTextAsync(file, report.ToJson() + "\n", cancellationToken);
            }

            return report.Holds ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
