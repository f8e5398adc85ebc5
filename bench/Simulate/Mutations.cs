using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace UonOfferum.Bench.Simulate;

/// <summary>Plants each deliberate bug in a copy of the sources, builds that, and lets the simulation look for it.</summary>
internal static partial class Mutations
{
    private const string Project = "tests/Simulation";
    private const string Program = "tests/Simulation/bin/Release/net10.0/UonOfferum.Tests.Simulation";

    public static async Task<int> RunAsync(int seeds, string? only, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mutations-").FullName;
        try
        {
            await CopyAsync(folder, cancellationToken);
            var tried = MutationList.All.Where(m => only is null || m.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
            if (tried.FindAll(m => File.ReadAllText(Path.Combine(folder, m.File)).Split(m.Old).Length != 2) is { Count: > 0 } strangers)
            {
                throw new BenchException(
                    $"What a bug replaces must stand in its file once. Correct bench/Simulate/MutationList.cs: {string.Join("; ", strangers.Select(m => $"'{m.Name}' does not fit {m.File} any more"))}.");
            }

            Console.WriteLine("Building the copy without a bug.");
            if (await RunAsync(folder, "dotnet", ["build", Project, "-c", "Release", "-v", "q", "-clp:ErrorsOnly"], [], cancellationToken) is { Code: not 0 } failed)
            {
                throw new BenchException("The copy of the sources does not build: " + failed.Output);
            }

            var missed = 0;
            foreach (var mutation in tried)
            {
                var found = await TryAsync(folder, mutation, seeds, cancellationToken);
                Console.WriteLine(found is null ? $"NOT FOUND  {mutation.Name}" : $"found      {mutation.Name}: {found}");
                missed += found is null ? 1 : 0;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{missed} of {tried.Count} bugs were not found within {seeds:N0} seeds."));
            return missed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The seed that finds it and what it says; null when none does.</summary>
    private static async Task<string?> TryAsync(string folder, Mutation mutation, int seeds, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, mutation.File);
        var sound = await File.ReadAllTextAsync(path, cancellationToken);
        await File.WriteAllTextAsync(path, sound.Replace(mutation.Old, mutation.New, StringComparison.Ordinal), cancellationToken);
        try
        {
            string[] build = ["build", Project, "-c", "Release", "--no-restore", "-v", "q", "-clp:ErrorsOnly", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"];
            if (await RunAsync(folder, "dotnet", build, [], cancellationToken) is { Code: not 0 } failed)
            {
                throw new BenchException($"The bug '{mutation.Name}' does not compile: {failed.Output}");
            }

            var run = await RunAsync(folder, Path.Combine(folder, Program), ["-method", "*No_seed_loses_or_repeats_a_lead"],
                [new("SIMULATION_SEEDS", seeds.ToString(CultureInfo.InvariantCulture)), new("SIMULATION_STOP", "1"), new("SIMULATION_THREADS", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture))], cancellationToken);
            return run.Code == 0 ? null : Violation().Match(run.Output) is { Success: true } match ? match.Value.Trim() : "the run broke down: " + run.Output;
        }
        finally
        {
            await File.WriteAllTextAsync(path, sound, CancellationToken.None);
        }
    }

    /// <summary>What git would take, changes of today included.</summary>
    private static async Task CopyAsync(string folder, CancellationToken cancellationToken)
    {
        var listed = await RunAsync(".", "git", ["ls-files", "--cached", "--others", "--exclude-standard"], [], cancellationToken);
        if (listed.Code != 0)
        {
            throw new BenchException("Run this at the root of the repository's clone: the sources are copied as git lists them.");
        }

        foreach (var file in listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(File.Exists))
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(
        string folder, string program, IReadOnlyList<string> arguments, IReadOnlyList<KeyValuePair<string, string>> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new BenchException($"{program} cannot be started.");
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    [GeneratedRegex(@"seed \d+: .*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Violation();
}
