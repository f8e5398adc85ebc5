using System.Globalization;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>Formats results for the console.</summary>
public static class Report
{
    private const int MaxViolation = 400;

    public static string Figures(BatchResult batch) => string.Create(
        CultureInfo.InvariantCulture, $"{batch.Seeds:N0} seeds, {batch.Steps:N0} steps, {batch.Faults:N0} faults, {batch.Failures.Count:N0} with violations, {batch.Cpu.TotalMilliseconds / Math.Max(1, batch.Seeds):0.0} ms of CPU a seed, digest {batch.Digest:x16}");

    /// <summary>Every failing seed, and the shortest history of the first.</summary>
    public static string Of(BatchResult batch) => batch.Failures.Count == 0
        ? Figures(batch)
        : $"""
        {Figures(batch)}
        {string.Join('\n', batch.Failures.Select(f => string.Create(CultureInfo.InvariantCulture, $"seed {f.Seed}: {string.Join(" ", f.Violations.Take(4).Select(Short))}")))}

        {Story(Shrinker.Shrink(batch.Failures[0].Seed, new RunOptions()))}
        """;

    private static string Short(string text) => text.Length <= MaxViolation ? text : text[..MaxViolation] + "…";

    public static string Story(RunResult run) => $"""
        The story of seed {run.Seed}, {run.Violations.Count} violations:
        {string.Join('\n', run.History)}
        {(run.Failures.Count > 0 ? "Exceptions of functions:\n" + string.Join('\n', run.Failures) : "")}
        """;
}
