using System.Globalization;

namespace UonOfferum.Bench;

/// <summary>The options behind the command: <c>--name value</c>, or <c>--name</c> alone for a switch.</summary>
public sealed class BenchArguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private BenchArguments()
    {
    }

    /// <exception cref="BenchException">Something is no option.</exception>
    public static BenchArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new BenchArguments();
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new BenchException($"'{args[i]}' is no option; options begin with two dashes.");
            }

            var hasValue = i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            parsed._options[args[i][2..]] = hasValue ? args[++i] : "";
        }

        return parsed;
    }

    public string? Text(string name) => _options.GetValueOrDefault(name);

    public string Text(string name, string fallback) => _options.GetValueOrDefault(name, fallback);

    public bool Has(string name) => _options.ContainsKey(name);

    /// <exception cref="BenchException">It is no whole number from <paramref name="min"/> on.</exception>
    public int Number(string name, int fallback, int min = 0)
    {
        if (!_options.TryGetValue(name, out var text))
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= min
            ? number
            : throw new BenchException($"--{name} is a whole number from {min} on, not '{text}'.");
    }

    /// <exception cref="BenchException">An option is not among the known ones.</exception>
    public void RefuseUnknown(params ReadOnlySpan<string> known)
    {
        foreach (var name in _options.Keys)
        {
            if (!known.Contains(name))
            {
                throw new BenchException($"--{name} is not an option here. Known: {string.Join(", ", known.ToArray().Select(k => $"--{k}"))}.");
            }
        }
    }
}
