using System.Globalization;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Configuration;

/// <summary>
/// Reads one section of the settings and collects every error with its full key and the remedy, so that an operator fixes all of
/// them at once. Keys that were not read are errors too: a misspelt setting must not be silently ignored.
/// </summary>
public sealed class SettingsReader(
    IConfigurationSection section, List<string> errors, EffectiveSettings? effective = null, List<SettingProblem>? problems = null)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Errors => errors;

    /// <summary>The zone of dates without an offset, for the transforms of this pipeline's templates.</summary>
    public TimeZoneInfo TimeZone { get; set; } = PipelineTimeZone.Fallback;

    public SettingsReader Section(string name)
    {
        _asked.Add(name);
        var inner = section.GetSection(name);
        if (!string.IsNullOrWhiteSpace(inner.Value))
        {
            Error(name, "is a group of settings but also has a value. Move its settings below it, each under its own name.", ProblemCodes.Group);
        }

        return new SettingsReader(inner, errors, effective, problems) { TimeZone = TimeZone };
    }

    public IEnumerable<IConfigurationSection> Children() => section.GetChildren();

    public void Error(string key, string problemAndRemedy) => Error(key, problemAndRemedy, ProblemCodes.Invalid);

    /// <param name="key">Within the section.</param>
    /// <param name="problemAndRemedy">What is wrong, then what to do.</param>
    /// <param name="code">One of <see cref="ProblemCodes"/>: the page translates it into the reader's language.</param>
    public void Error(string key, string problemAndRemedy, string code) => AddOnce($"{section.Path}:{key}", problemAndRemedy, code);

    /// <summary>The value without surrounding blanks; null when the key is absent, blank or an unresolved Key Vault reference.</summary>
    /// <param name="key">Within the section.</param>
    /// <param name="fallback">The value that the caller uses instead, for the effective settings.</param>
    public string? Text(string key, string fallback = "")
    {
        _asked.Add(key);
        if (IsGroup(key))
        {
            // If it were read as absent, the default would silently apply.
            Error(key, "is a list or a group but must be a single string. Separate several values with commas.", ProblemCodes.Group);
            return null;
        }

        if (IsUnresolved(key))
        {
            Error(key, VaultReference.Remedy, ProblemCodes.Unresolved);
            return null;
        }

        var value = section[key]?.Trim() is { Length: > 0 } text ? text : null;
        effective?.Put($"{section.Path}:{key}", value ?? fallback, isDefault: value is null);
        return value;
    }

    public string Required(string key, string remedy)
    {
        if (Text(key) is { } value)
        {
            return value;
        }

        if (!IsGroup(key) && !IsUnresolved(key))
        {
            Error(key, $"is missing. {remedy}", ProblemCodes.Missing);
        }

        return "";
    }

    /// <summary>A required value that is never shown.</summary>
    public string Secret(string key, string remedy)
    {
        effective?.Hide($"{section.Path}:{key}");
        return Required(key, remedy);
    }

    /// <summary>A value that is never shown; null when the key is absent or blank.</summary>
    public string? OptionalSecret(string key)
    {
        effective?.Hide($"{section.Path}:{key}");
        return Text(key);
    }

    /// <summary>Hides all values of the section.</summary>
    /// <param name="except">Keys whose values are not secret.</param>
    public void HideChildren(params IEnumerable<string> except)
    {
        foreach (var child in section.GetChildren().Where(c => !except.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            effective?.Hide($"{section.Path}:{child.Key}");
        }
    }

    /// <summary>Shows only the host of an address, because the rest may contain a secret.</summary>
    public void ShowHostOnly(string key)
    {
        if (Uri.TryCreate(section[key]?.Trim(), UriKind.Absolute, out var address))
        {
            effective?.Show($"{section.Path}:{key}", address.PathAndQuery == "/" ? address.GetLeftPart(UriPartial.Authority) : $"{address.GetLeftPart(UriPartial.Authority)}/{EffectiveSettings.Hidden}");
        }
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

        if (DurationText.TryParse(text, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Error(key, $"'{text}' is not a duration between {min:c} and {max:c}. Write it as hh:mm:ss or d.hh:mm:ss, for example {fallback:c}.", ProblemCodes.Duration);
        return fallback;
    }

    public IReadOnlyList<TimeSpan> Durations(string key, string fallback, TimeSpan max)
    {
        var texts = List(key, fallback);
        var values = new List<TimeSpan>(texts.Count);
        foreach (var text in texts)
        {
            if (DurationText.TryParse(text, out var value) && value >= TimeSpan.Zero && value <= max)
            {
                values.Add(value);
                continue;
            }

            Error(key, $"'{text}' is not a duration between 00:00:00 and {max:c}. Write a comma-separated list such as {fallback}.", ProblemCodes.Duration);
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

        Error(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number between {min} and {max}."), ProblemCodes.Number);
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

        Error(key, $"'{text}' is not one of {string.Join(", ", choices.Select(c => c.Name))}.", ProblemCodes.Choice);
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

        Error(key, $"must be an https address without a query (http only for this machine), such as {fallback}.", ProblemCodes.Address);
        return new Uri(fallback);
    }

    /// <summary>Call last: reports every key that was not read, with the nearest known one.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var child in section.GetChildren().Where(c => !_asked.Contains(c.Key)))
        {
            Error(child.Key, $"is not a setting. Did you mean '{ClosestMatch.To(child.Key, _asked)}'? Known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.", ProblemCodes.Unknown);
        }
    }

    /// <summary>A setting may be read twice; its error is reported once.</summary>
    private void AddOnce(string path, string problemAndRemedy, string code)
    {
        var error = $"{path}: {problemAndRemedy}";
        if (!errors.Contains(error, StringComparer.Ordinal))
        {
            errors.Add(error);
            problems?.Add(SettingProblem.Of(path, code, problemAndRemedy));
        }
    }

    /// <summary>Whether the key already has an error because its value was never resolved.</summary>
    public bool IsUnresolved(string key) => VaultReference.IsUnresolved(section[key]);

    private bool IsGroup(string key) => section.GetSection(key).GetChildren().Any();
}
