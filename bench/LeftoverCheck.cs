using Spectre.Console.Cli;

namespace UonOfferum.Bench;

/// <summary>
/// Refuses what is no option of the command. The library's strict parsing would do so too, but it takes a name of its own for the
/// value that an option at the end lacks.
/// </summary>
internal sealed class LeftoverCheck : ICommandInterceptor
{
    /// <exception cref="BenchException">Something is no option.</exception>
    public void Intercept(CommandContext context, CommandSettings settings)
    {
        var remaining = context.Remaining;
        if (remaining.Parsed.Select(option => option.Key).Concat(remaining.Raw).FirstOrDefault() is { } unknown)
        {
            throw new BenchException($"'{unknown}' is no option of {context.Name}. '{context.Name} --help' shows its options.");
        }
    }
}
