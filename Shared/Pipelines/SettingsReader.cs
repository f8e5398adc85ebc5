using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.Shared.Pipelines;

/// <summary>
/// Reads one section of the settings and collects every error with its full key and the remedy, so that a person mends all of
/// them at once. Keys that nobody asked for are errors too: a misspelt setting must not be silently ignored.
/// </summary>
public sealed class SettingsReader(IConfigurationSection section, List<string> errors, SettingsInForce? inForce = null)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Errors => errors;

    /// <summary>The zone of dates without an offset, for the transforms of this pipeline's templates.</summary>
    public TimeZoneInfo TimeZone { get; set; } = PipelineZone.Fallback;

    public SettingsReader Section(string name)
    {
        _asked.Add(name);
        var inner = section.GetSection(name);
        if (!string.IsNullOrWhiteSpace(inner.Value))
        {
            Error(name, "is a group of settings, and has a value of its own. Put its settings below it, each with its name.");
        }

        return new SettingsReader(inner, errors, inForce) { TimeZone = TimeZone };
    }

    public IEnumerable<IConfigurationSection> Children() => section.GetChildren();

    public void Error(string key, string problemAndRemedy) => AddOnce($"{section.Path}:{key}: {problemAndRemedy}");

    /// <summary>The value without surrounding blanks; null when the key is absent or blank.</summary>
    /// <param name="key">Within the section.</param>
    /// <param name="fallback">What the caller takes instead, for those who look at the settings in force.</param>
    public string? Text(string key, string fallback = "")
    {
        _asked.Add(key);
        if (IsGroup(key))
        {
            // Read as absent it would silently leave the default in force.
            Error(key, "is a list or a group, and must be one text. Separate several values by commas within it.");
            return null;
        }

        var value = section[key]?.Trim() is { Length: > 0 } text ? text : null;
        inForce?.Put($"{section.Path}:{key}", value ?? fallback, isDefault: value is null);
        return value;
    }

    public string Required(string key, string remedy)
    {
        if (Text(key) is { } value)
        {
            return value;
        }

        if (!IsGroup(key))
        {
            Error(key, $"is missing. {remedy}");
        }

        return "";
    }

    /// <summary>A required value that is shown to nobody.</summary>
    public string Secret(string key, string remedy)
    {
        inForce?.Hide($"{section.Path}:{key}");
        return Required(key, remedy);
    }

    /// <summary>A value that is shown to nobody; null when the key is absent or blank.</summary>
    public string? OptionalSecret(string key)
    {
        inForce?.Hide($"{section.Path}:{key}");
        return Text(key);
    }

    /// <summary>A list is one comma-separated string, so that one app setting replaces the whole default.</summary>
    public IReadOnlyList<string> List(string key, string fallback = "") =>
        (Text(key, fallback) ?? fallback).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public TimeSpan Duration(string key, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        if (Text(key, fallback.ToString("c", CultureInfo.InvariantCulture)) is not { } text)
        {
            return fallback;
        }

        if (TryDuration(text, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Error(key, $"'{text}' is not a duration between {min:c} and {max:c}. Write it as hh:mm:ss or d.hh:mm:ss, for example {fallback:c}.");
        return fallback;
    }

    public IReadOnlyList<TimeSpan> Durations(string key, string fallback, TimeSpan max)
    {
        var texts = List(key, fallback);
        var values = new List<TimeSpan>(texts.Count);
        foreach (var text in texts)
        {
            if (TryDuration(text, out var value) && value >= TimeSpan.Zero && value <= max)
            {
                values.Add(value);
                continue;
            }

            Error(key, $"'{text}' is not a duration between 00:00:00 and {max:c}. Write a comma-separated list such as {fallback}.");
        }

        return values;
    }

    public double Number(string key, double fallback, double min, double max)
    {
        if (Text(key, fallback.ToString(CultureInfo.InvariantCulture)) is not { } text)
        {
            return fallback;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Error(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number between {min} and {max}."));
        return fallback;
    }

    public T Choice<T>(string key, T fallback, params (string Name, T Value)[] choices)
    {
        if (Text(key, choices.FirstOrDefault(c => Equals(c.Value, fallback)).Name ?? "") is not { } text)
        {
            return fallback;
        }

        foreach (var choice in choices)
        {
            if (string.Equals(choice.Name, text, StringComparison.OrdinalIgnoreCase))
            {
                return choice.Value;
            }
        }

        Error(key, $"'{text}' is not one of {string.Join(", ", choices.Select(c => c.Name))}.");
        return fallback;
    }

    public Uri Address(string key, string fallback)
    {
        var text = Text(key, fallback) ?? fallback;
        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0)
        {
            return uri;
        }

        Error(key, $"must be an https address without a query (http only for this machine), such as {fallback}.");
        return new Uri(fallback);
    }

    /// <summary>Call last: every key nobody asked for is reported with the nearest known one.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var child in section.GetChildren().Where(c => !_asked.Contains(c.Key)))
        {
            Error(child.Key, $"is not a setting. Did you mean '{Nearest.To(child.Key, _asked)}'? Known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>A setting may be asked for twice; its error is told once.</summary>
    private void AddOnce(string error)
    {
        if (!errors.Contains(error, StringComparer.Ordinal))
        {
            errors.Add(error);
        }
    }

    private bool IsGroup(string key) => section.GetSection(key).GetChildren().Any();

    /// <summary>Strict: the platform's own reading takes "24:00:00" for 24 days, and "5" for five.</summary>
    private static bool TryDuration(string text, out TimeSpan value) =>
        TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value) && (text.Contains(':', StringComparison.Ordinal) || value == TimeSpan.Zero);
}
