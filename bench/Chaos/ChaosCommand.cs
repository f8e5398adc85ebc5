using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.LocalHost.Storage;
using UonOfferum.Testing.Chaos;

namespace UonOfferum.Bench.Chaos;

/// <summary>The command <c>chaos</c>.</summary>
[Description("Kills LocalHost (SIGKILL) at random moments while leads pass through it, and restarts it on the same storage.")]
internal sealed class ChaosCommand : AsyncCommand<ChaosCommand.Settings>
{
    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--kills <n>")]
        [Description("Number of kills.")]
        [DefaultValue(20)]
        public int Kills { get; init; }

        [CommandOption("--leads <n>")]
        [Description("Number of leads.")]
        [DefaultValue(1000)]
        public int Leads { get; init; }

        [CommandOption("--uncertain <what>")]
        [Description("What to do with an order whose arrival is unknown: resend or hold.")]
        [DefaultValue("resend")]
        public string Uncertain { get; init; } = "";

        [CommandOption("--destinations <n>")]
        [Description("Number of destinations for each lead: Offerum, an HTTP service, a Telegram chat.")]
        [DefaultValue(1)]
        public int Destinations { get; init; }

        [CommandOption("--filter")]
        [Description("The network detects a repeated phone; without this every repeated order is a second sale.")]
        public bool Filter { get; init; }

        [CommandOption("--seed <n>")]
        [Description("Seed of the random times.")]
        [DefaultValue(1)]
        public int Seed { get; init; }

        [CommandOption("--json <file>")]
        [Description("Also writes the result to this file.")]
        public string? Json { get; init; }

        public override ValidationResult Validate() => Options.All(
            Options.AtLeast(("--kills", Kills, 0), ("--leads", Leads, 1), ("--seed", Seed, 0), ("--destinations", Destinations, 1)),
            Destinations <= ChaosOptions.MostDestinations ? ValidationResult.Success() : ValidationResult.Error($"--destinations is at most {ChaosOptions.MostDestinations}."),
            Options.OneOf("--uncertain", Uncertain, "resend", "hold"));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var options = new ChaosOptions(settings.Kills, settings.Leads, settings.Uncertain == "hold", settings.Filter, settings.Seed, settings.Destinations);

        // Azurite stays alive through all kills: the test is about the app, not the emulator.
        var folder = Directory.CreateTempSubdirectory("chaos-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, new AzuriteOptions(EndsWithThisProcess: true), cancellationToken: cancellationToken);
            await using var bed = await TestBed.StartAsync(azurite.ConnectionString, cancellationToken);
            // An order in flight at a kill is settled after twice this time.
            bed.Settings[$"Pipelines:{TestBed.Pipeline}:Uon:Timeout"] = bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"] = "00:00:02";
            var report = await new ChaosRun(options, bed, Console.WriteLine).RunAsync(cancellationToken);
            Console.WriteLine();
            Console.WriteLine(report);
            if (settings.Json is { Length: > 0 } file)
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
