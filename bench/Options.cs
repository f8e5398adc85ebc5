using System.Globalization;
using Spectre.Console;

namespace UonOfferum.Bench;

/// <summary>Checks the values of options; a message names the option, what it may be, and what was given.</summary>
internal static class Options
{
    /// <summary>An option that was not given is not checked.</summary>
    public static ValidationResult AtLeast(params ReadOnlySpan<(string Option, int? Value, int Min)> bounds)
    {
        foreach (var (option, value, min) in bounds)
        {
            if (value < min)
            {
                return ValidationResult.Error($"{option} is a whole number from {min} on, not {value}.");
            }
        }

        return ValidationResult.Success();
    }

    public static ValidationResult ListAtLeast(string option, string list, int min) =>
        list.Split(',').All(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= min)
            ? ValidationResult.Success()
            : ValidationResult.Error($"{option} is a list of whole numbers from {min} on with commas between them, not '{list}'.");

    public static ValidationResult OneOf(string option, string value, params string[] known) => known.Contains(value, StringComparer.Ordinal)
        ? ValidationResult.Success()
        : ValidationResult.Error($"{option} is {string.Join(", ", known[..^1])} or {known[^1]}, not '{value}'.");

    /// <summary>The first check that failed.</summary>
    public static ValidationResult All(params IReadOnlyList<ValidationResult> checks) =>
        checks.FirstOrDefault(check => !check.Successful) ?? ValidationResult.Success();
}
