using Spectre.Console.Cli;

namespace UonOfferum.Bench;

/// <summary>
/// Refuses unknown options. The library's strict parsing would do so too, but it takes an option's name for the
/// missing value of the option before it.
/// </summary>
internal sealed class LeftoverCheck : ICommandInterceptor
{
    /// <exception cref="BenchException">An argument is not an option.</exception>
    public void Intercept(CommandContext context, CommandSettings settings)
    {
        var remaining = context.Remaining;
        if (remaining.Parsed.Select(option => option.Key).Concat(remaining.Raw).FirstOrDefault() is { } unknown)
        {
            throw new BenchException($"'{unknown}' is no option of {context.Name}. '{context.Name} --help' shows its options.");
        }
    }
}
